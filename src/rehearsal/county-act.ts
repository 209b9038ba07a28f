import type { Instant } from '../domain/time/days.ts'
import type { PlayedAct } from './played-acts.ts'

/** Something that the county does once in the year. */
export type CountyAct = {
  at: Instant
  acts: readonly PlayedAct[]
  /** @returns whether there was anything that it changed */
  do(at: Instant): Promise<boolean>
}

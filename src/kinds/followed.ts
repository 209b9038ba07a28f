import { z } from 'zod'
import { day } from '../domain/fields.ts'
import type { Day } from '../domain/time/days.ts'

/** What an obligation that follows from a warning knows of it: when it was issued, and its number. */
export const followedFacts = {
  since: day.optional(),
  warning: z.string().max(100).optional(),
}
type Followed = { since?: Day | undefined; warning?: string | undefined }

/** The title with the number of the warning, where it has one. */
export function numbered(title: string, warning: string | undefined): string {
  return warning === undefined ? title : `${title}(${warning})`
}

/** From when something can have been done: since the warning, or since it was registered by itself. */
export function sinceOf({ since }: Followed, issuedOn: Day): { label: string; on: Day } {
  return since === undefined ? { label: '登记日', on: issuedOn } : { label: '预警发布日', on: since }
}

import type { Day, Instant } from '../domain/time/days.ts'
import type { Cause, Group, Level, Source } from '../domain/obligation/vocabulary.ts'
import type { Remark } from './remark.ts'

/** One good row of the platform's export, in the product's codes. */
export type WarningRow = {
  /** As a spreadsheet counts: the file's first row is 1. */
  row: number
  externalId: string
  issuedAt: Instant
  issuedOn: Day
  level: Level
  cause: Cause | null
  group: Group | null
  source: Source | null
  officeCode: string
  person: { name: string; idNo: string; phone: string; village: string; detail: string }
  /** What was not understood of it; it is no part of the content that is compared when the file comes again. */
  remarks: readonly Remark[]
}

import type { Day, Instant } from '../time/days.ts'
import { type ContentField, movesDueDay, type PublicContent } from './changes.ts'

/** What a correction wrote, and what stood there before, so that it can be taken back with its import. */
export type Replaced = {
  fields: ContentField[]
  before: PublicContent
  startOn: Day
  dueAt: Instant
  dueOn: Day
  provisional: boolean
  /** The assignment that was open before; null where nobody held it. */
  open: string | null
  /** How the due day of whoever holds it moved; left out where neither that was written nor its assignment replaced, or an earlier release wrote it. */
  due?: DueMove
}

/** A due day before and after a correction; the same where it stays. */
export type DueMove = { from: Day; to: Day }

/** Whether a step moved the due day of whoever holds it, or wrote what does: a category may put it under another rule and keep the day. */
export function movedDay({ fields, due }: Pick<Replaced, 'fields' | 'due'>): boolean {
  return fields.some(movesDueDay) || (due !== undefined && due.from !== due.to)
}

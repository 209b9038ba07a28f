import {
  type ContentField,
  isOfCategory,
  isPersonal,
  movesDueDay,
  type PublicContent,
  type WarningContent,
} from '../../domain/obligation/changes.ts'
import { movedDay, type Replaced } from '../../domain/obligation/replaced.ts'
import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import { isCorrectable, type Restored } from '../obligations/correct.ts'
import type { CorrectedRow } from '../obligations/corrected-row.ts'
import type { Person } from '../vault/encryption.ts'
import type { Households } from './change-values.ts'
import type { ImportChange } from './changes-store.ts'
import { type History, lastWriteOf } from './undo-history.ts'

/** Why a field stays as an import has corrected it; `days`: it does not, but the due day does. */
export type LeftReason =
  'closed' | 'changed-since' | 'worked-on' | 'erased' | 'office-gone' | 'not-kept' | 'days'
type LeftField = { field: ContentField; why: LeftReason }
/** A change of an import that is taken back, beside the obligation it is about, which is locked. */
export type WrittenChange = {
  change: ImportChange
  o: CorrectedRow
  /** What the ledger says now. */
  current: WarningContent
  /** Both null once the retention is over, or nothing of the household was kept. */
  household: Person | null
  stored: Households | null
  history: History
  offices: ReadonlySet<string>
}
/** What is restored of a change, and what stays. */
export type RestorePlan = WrittenChange & {
  fields: ContentField[]
  left: LeftField[]
  next: WarningContent
  days: Restored | null
}

export function planRestore(written: WrittenChange): RestorePlan {
  const { change, current } = written
  const fields: ContentField[] = []
  const left: LeftField[] = []
  const next = { ...current }
  for (const step of stepsOf(change))
    for (const field of step.fields) {
      const why = reasonToLeave(written, step, field)
      if (why === null) {
        fields.push(field)
        Object.assign(next, { [field]: valueBefore(written, step, field) })
      } else left.push({ field, why })
    }
  const whole = !left.some(({ field }) => movedBy(change, field))
  const days = whole ? daysBefore(written, left) : null
  if (whole && days === null && keepsDueDay(written))
    left.push(
      ...fields.filter((field) => movedBy(change, field)).map((field) => ({ field, why: 'days' as const })),
    )
  return { ...written, fields, left, next, days }
}

/** Whoever is to perform it has another due day than before the import moved it. */
function keepsDueDay({ change, o }: WrittenChange): boolean {
  const moved = change.replaced?.find(movedDay)
  return moved !== undefined && isAtPerformer(o) && moved.dueOn !== o.dueOn
}

function movedBy({ replaced }: ImportChange, field: ContentField): boolean {
  if (!isOfCategory(field)) return movesDueDay(field)
  const alone = (step: Replaced) => movedDay(step) && !step.fields.some(movesDueDay)
  return (replaced ?? []).some((step) => alone(step) && step.fields.includes(field))
}

function isAtPerformer({ stage }: CorrectedRow): boolean {
  return stage === 'pause' || isPerforming(stage)
}

/** An earlier release did not keep what it replaced. */
function stepsOf({ replaced, fields }: ImportChange): (Pick<Replaced, 'fields'> & Partial<Replaced>)[] {
  if (replaced !== null) return replaced
  return [{ fields: fields.filter((f) => f.happens === 'applied').map((f) => f.field) }]
}

function reasonToLeave(
  { change, o, current, household, stored, history, offices }: WrittenChange,
  step: Partial<Replaced>,
  field: ContentField,
): LeftReason | null {
  if (step.before === undefined) return 'not-kept'
  if (!isCorrectable(o)) return 'closed'
  if (isPersonal(field) && (household === null || stored === null)) return 'erased'
  const wrote: Partial<WarningContent> = { ...change.content, ...stored?.after }
  const last = lastWriteOf(history, field)
  if (current[field] !== wrote[field] || last?.import !== change.import) return 'changed-since'
  if (field !== 'town') return null
  // Nobody's work is handed to somebody else.
  if (history.lastAct > last.event) return 'worked-on'
  return offices.has(step.before.town) ? null : 'office-gone'
}

function valueBefore({ stored }: WrittenChange, step: Partial<Replaced>, field: ContentField) {
  return isPersonal(field)
    ? stored?.before[field as keyof Person]
    : step.before?.[field as keyof PublicContent]
}

/**
 * The days that hold again: those of the assignment that was open before the import moved it, as far as nothing else has moved it
 * since. Null where the days of the open one stay.
 */
function daysBefore({ change, o, history }: WrittenChange, left: readonly LeftField[]): Restored | null {
  const stays = new Set(left.map(({ field }) => field))
  // A category that kept the day has replaced the assignment too; where it stays, so does what came before it.
  const isBack = (step: Replaced) =>
    movedDay(step) || (step.due !== undefined && !step.fields.some((field) => stays.has(field)))
  const ours = new Map((change.replaced ?? []).filter(isBack).map((step) => [step.open, step]))
  const past = history.assignments
  const now = past.findIndex(({ id }) => id === o.assignment)
  let at = now
  while (at > 0 && ours.has(past[at - 1]!.id)) at--
  const first = past[at]
  const step = ours.get(first?.id ?? null)
  if (at === now || !first || !step || first.stage !== o.stage || first.stage === 'review') return null
  const { startOn, dueAt, dueOn, provisional } = step
  const voided = past.slice(at + 1).map(({ id }) => id)
  return { startOn, dueAt, dueOn, provisional, assignment: first, voided }
}

import { isMoreUrgent } from '../../domain/escalation/urgency.ts'
import type { DueMove } from '../../domain/obligation/replaced.ts'
import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import { isClosed, type Level, type Stage, type State } from '../../domain/obligation/vocabulary.ts'
import type { Calendars } from '../../domain/time/calendars.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import type { Policy } from '../../domain/escalation/policy.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { insertRows } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { events, obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import type { Office } from '../people/offices.ts'
import { endAssignments, openAssignments } from './assignments.ts'
import type { NewAssignment } from './new-assignment.ts'
import { overtakeHandOvers } from './hand-over.ts'
import { voidAssignments } from './ended-assignments.ts'
import { correctedAssignment, type EarlierAssignment, restoredAssignment } from './corrected-assignment.ts'
import type { CorrectedRow } from './corrected-row.ts'
import { reviewerOf } from './reviewer.ts'

/** What corrections of one county share. */
export type CorrectionContext = {
  county: string
  now: Instant
  policy: Policy
  calendars: Calendars
  offices: readonly Office[]
}
export type Correction = {
  /** Locked, and correctable. */
  o: CorrectedRow
  next: RowOf<typeof obligations, 'level' | 'office' | 'issuedAt' | 'cause' | 'group' | 'source'>
  /** Of the row whose content the obligation has now; null where it has that of no row. */
  contentHash: Buffer | null
  actor: string
  /** What the history says: codes, and names of personal fields. */
  detail: Record<string, unknown>
  /** Where an earlier correction is taken back: the days from before it; null where those of the open assignment stay. */
  restores?: Restored | null
}
/** Days that a correction had replaced. `voided`: the assignments that it began. */
export type Restored = Days & { assignment: EarlierAssignment; voided: readonly string[] }
type Days = RowOf<typeof obligations, 'startOn' | 'dueAt' | 'dueOn' | 'provisional'>

/** Before and after; `dueOn`: by when whoever holds it is to be done now, `dueBefore`: by when they were. */
export type Corrected = {
  id: string
  externalId: string | null
  version: number
  from: { level: Level | null; office: string }
  to: { level: Level | null; office: string }
  stage: Stage | null
  /** Whoever holds it got a new assignment, be its due day the same. */
  isReplaced: boolean
  /** Its due day is another than before. */
  redated: boolean
  /** By its level or its category (R1). */
  isUrgent: boolean
  holderPerson: string | null
  dueOn: Day
  dueBefore: Day
}

type Planned = Correction & { after: CorrectedRow; moved: NewAssignment | null; isUrgent: boolean }

/** Nothing of a closed obligation is corrected: whoever wants it reopens it first. */
export function isCorrectable({ state }: { state: State }): boolean {
  return !isClosed(state)
}

/**
 * Writes what warnings say now over what they said, each once. Where level, office, issue or the rule of its category changed, whoever holds it gets a
 * new assignment; the moments of the old one stay fired.
 */
export async function correctAll(
  tx: Sql,
  context: CorrectionContext,
  corrections: readonly Correction[],
): Promise<Corrected[]> {
  const planned = corrections.map((correction) => plan(context, correction))
  await updateRows(tx, obligations, ['id'], planned.map(rowOf))
  await moveAssignments(tx, context, planned)
  await endHandOvers(tx, context, planned)
  const entries = planned.map(({ o: { id, state }, actor, detail }) => ({
    ...{ obligation: id, state, actor, detail },
  }))
  await insertRows(tx, events, entries, { constant: { at: context.now, action: 'correct' } })
  return planned.map(correctedOf)
}

function plan({ offices, policy, calendars, now }: CorrectionContext, correction: Correction): Planned {
  const { o, next, restores } = correction
  // What the file named all along stays where it was handed on to.
  const code = next.office === o.filedOffice ? o.office : next.office
  const office = offices.find((one) => one.code === code)
  const reviewer = office && code !== o.office ? reviewerOf(office, offices) : o.reviewer
  const after = { ...o, ...next, office: code, reviewer }
  const setting = { policy, calendar: calendars.of(code), today: dayOf(now) }
  const moved =
    restores === undefined
      ? correctedAssignment(o, after, setting)
      : restoredAssignment(o, after, setting, restores?.assignment ?? null)
  const isUrgent = isMoreUrgent(policy, o, after)
  return { ...correction, after: { ...after, title: titleOf(o, after) }, moved, isUrgent }
}

function rowOf(planned: Planned) {
  const { o, after, contentHash } = planned
  const { id, level, office, reviewer, issuedAt, cause, group, source, title } = after
  return {
    ...{ id, level, office, reviewer, issuedAt, cause, group, source, title },
    ...{ ...daysOf(planned), contentHash, version: o.version + 1 },
  }
}

/** The days of the obligation itself: those by which it is to be performed. */
function daysOf({ o, moved, restores }: Planned): Days {
  if (restores === undefined && moved !== null && isPerforming(moved.stage)) {
    const { dueAt, dueOn, provisional } = moved.limit
    return { startOn: moved.startOn, dueAt, dueOn, provisional }
  }
  const { startOn, dueAt, dueOn, provisional } = restores ?? o
  return { startOn, dueAt, dueOn, provisional }
}

/** A title of somebody's own stays; one that the kind made is made anew. */
function titleOf(before: CorrectedRow, after: CorrectedRow): string {
  const { title } = kindOf(before.kind)
  return title({ ...before, facts: {} }) === before.title ? title({ ...after, facts: {} }) : before.title
}

async function moveAssignments(
  tx: Sql,
  { county, policy, now }: CorrectionContext,
  planned: readonly Planned[],
): Promise<void> {
  const all = planned.flatMap(({ moved, ...one }) => (moved ? [{ ...one, moved }] : []))
  if (all.length === 0) return
  const ids = all.map(({ o }) => o.id)
  await endAssignments(tx, ids, now)
  for (const silent of [true, false]) {
    const these = all.filter((one) => isSilent(one, now) === silent).map(({ moved }) => moved)
    await openAssignments(tx, { county, policy, now, silent }, these)
  }
  await voidAssignments(
    tx,
    all.flatMap(({ restores }) => restores?.voided ?? []),
  )
}

/** Where the file sends it elsewhere, what offices agreed on among themselves is over. */
async function endHandOvers(tx: Sql, { now }: CorrectionContext, planned: readonly Planned[]): Promise<void> {
  const elsewhere = planned.filter(({ o, after }) => o.office !== after.office)
  for (const actor of new Set(elsewhere.map((one) => one.actor))) {
    const ids = elsewhere.filter((one) => one.actor === actor).map(({ o }) => o.id)
    await overtakeHandOvers(tx, ids, { actor: { id: actor }, now })
  }
}

/** Who is told by a line of its own is not told by the assignment's beginning too. */
function isSilent({ o, after, moved, isUrgent }: Planned & { moved: NewAssignment }, now: Instant): boolean {
  const toldApart = !isUrgent && o.office === after.office
  return toldApart && moved.limit.dueAt > now
}

/** Where a correction would move the due day of whoever holds it. Nothing is written. */
export function dueMoveOf(context: CorrectionContext, { o, next }: Pick<Correction, 'o' | 'next'>): DueMove {
  return movedOf(plan(context, { o, next, contentHash: null, actor: '', detail: {} }))
}

function movedOf({ o, moved }: Planned): DueMove {
  const from = o.holderDueOn ?? o.dueOn
  return { from, to: moved?.limit.dueOn ?? from }
}

function correctedOf(planned: Planned): Corrected {
  const { o, after, isUrgent } = planned
  const { from: dueBefore, to: dueOn } = movedOf(planned)
  return {
    ...{ id: o.id, externalId: o.externalId, version: o.version + 1, stage: o.stage, dueOn, dueBefore },
    isReplaced: planned.moved !== null,
    redated: dueOn !== dueBefore,
    isUrgent,
    from: { level: o.level, office: o.office },
    to: { level: after.level, office: after.office },
    holderPerson: o.holderPerson,
  }
}

import { isRaised } from '../../domain/obligation/changes.ts'
import { isClosed, type Level, type Stage, type State } from '../../domain/obligation/vocabulary.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { events, type obligations } from '../../db/schema/index.ts'
import type { RowOf } from '../../db/row-types.ts'
import type { Policy } from '../../domain/escalation/policy.ts'
import type { Office } from '../people/offices.ts'
import { endAssignments, openAssignments } from './assignments.ts'
import { correctedAssignment } from './corrected-assignment.ts'
import type { CorrectedRow } from './corrected-row.ts'
import { reviewerOf } from './reviewer.ts'

/** What corrections of one county share. */
export type CorrectionContext = {
  county: string
  actor: string
  now: Instant
  policy: Policy
  calendar: Calendar
  offices: readonly Office[]
}
export type Correction = {
  obligation: string
  /** What is written; what is left out stays. */
  next: Partial<RowOf<typeof obligations, 'level' | 'office' | 'issuedAt' | 'cause' | 'group' | 'source'>>
  /** Of the row whose content the obligation has now; null where it has that of no row. */
  contentHash: Buffer | null
  /** What the history says: codes, and names of personal fields. */
  detail: Record<string, unknown>
}

/** Before and after; `dueOn`: by when whoever holds it is to be done now. */
export type Corrected = {
  id: string
  externalId: string | null
  version: number
  from: { level: Level | null; office: string }
  to: { level: Level | null; office: string }
  stage: Stage | null
  /** Its due day is another than before. */
  redated: boolean
  holderPerson: string | null
  dueOn: Day
}

/** Nothing of a closed obligation is corrected: whoever wants it reopens it first. */
export function isCorrectable({ state }: { state: State }): boolean {
  return !isClosed(state)
}

/**
 * Writes what a warning says now over what it said. Where level, office or issue changed, whoever holds it gets a new
 * assignment; the moments of the old one stay fired.
 * @param o locked, and correctable
 */
export async function correct(
  tx: Sql,
  context: CorrectionContext,
  o: CorrectedRow,
  { next, contentHash, detail }: Correction,
): Promise<Corrected> {
  const after = { ...o, ...next }
  await writeRow(tx, context, o, after, contentHash)
  const dueOn = await moveAssignment(tx, context, o, after)
  const { now, actor } = context
  await insertRow(tx, events, { obligation: o.id, at: now, actor, action: 'correct', state: o.state, detail })
  return {
    ...{ id: o.id, externalId: o.externalId, version: o.version + 1, stage: o.stage, dueOn },
    redated: dueOn !== (o.holderDueOn ?? o.dueOn),
    from: { level: o.level, office: o.office },
    to: { level: after.level, office: after.office },
    holderPerson: o.holderPerson,
  }
}

async function writeRow(
  tx: Sql,
  { offices }: CorrectionContext,
  before: CorrectedRow,
  o: CorrectedRow,
  contentHash: Buffer | null,
): Promise<void> {
  const office = offices.find(({ code }) => code === o.office)
  const reviewer = office && o.office !== before.office ? reviewerOf(office, offices) : o.reviewer
  await tx.query(
    `update obligations set level = $2, office = $3, reviewer = $4, issued_at = $5, cause = $6, key_group = $7, source = $8,
            title = $9, content_hash = $10, version = version + 1
      where id = $1`,
    [
      ...[o.id, o.level, o.office, reviewer, ts(o.issuedAt), o.cause, o.group, o.source],
      ...[titleOf(before, o), contentHash],
    ],
  )
}

/** A title of somebody's own stays; one that the kind made is made anew. */
function titleOf(before: CorrectedRow, after: CorrectedRow): string {
  const { title } = kindOf(before.kind)
  return title({ ...before, facts: {} }) === before.title ? title({ ...after, facts: {} }) : before.title
}

/** @returns by when it is due now */
async function moveAssignment(
  tx: Sql,
  { county, policy, calendar, now }: CorrectionContext,
  before: CorrectedRow,
  after: CorrectedRow,
): Promise<Day> {
  const moved = correctedAssignment(before, after, { policy, calendar, today: dayOf(now) })
  if (moved === null) return before.holderDueOn ?? before.dueOn
  await endAssignments(tx, [before.id], now)
  // Who is told by a line of its own is not told by the assignment's beginning too.
  const toldApart = !isRaised(before.level, after.level) && before.office === after.office
  const silent = toldApart && moved.limit.dueAt > now
  await openAssignments(tx, { county, policy, now, silent }, [moved])
  if (moved.stage !== 'review') {
    const { dueAt, dueOn, provisional } = moved.limit
    await tx.query(
      'update obligations set start_on = $2, due_at = $3, due_on = $4, provisional = $5 where id = $1',
      [before.id, moved.startOn, ts(dueAt), dueOn, provisional],
    )
  }
  return moved.limit.dueOn
}

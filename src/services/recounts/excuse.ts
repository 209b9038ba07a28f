import { groupBy } from '../../domain/grouping.ts'
import type { Calendars } from '../../domain/time/calendars.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { movedLimit } from '../../domain/time/moved-limit.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { partsOf, type Postponements, postponementsOfRoots } from '../obligations/postponements.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'
import type { MovedRow } from './effect.ts'

/** What was in other hands before, and was late as it went on. `root`: of the work it is a part of. */
type LateEnd = {
  obligation: string
  office: string
  root: string
  startOn: Day
  workingDays: number | null
  limitOn: Day
  endedAt: Instant
}

/**
 * Work that was handed over or named to somebody goes on as the same, though its assignment in the first hands has ended. Where a change
 * gives it a later day, what made it late there may make it so no more: it is counted by the same days, as of then. What ended for good
 * stays late.
 */
export async function excuseEarlierHands(
  tx: Sql,
  moved: readonly MovedRow[],
  calendars: Calendars,
): Promise<void> {
  const later = moved.filter(({ work, after }) => after.limit.dueOn > work.dueOn)
  const going = new Map(later.map((row) => [row.work.obligation, row]))
  const ended = await lateEnds(tx, [...going.keys()])
  const postponed = await postponementsOfRoots(tx, [...new Set(ended.map(({ root }) => root))])
  const excused: string[] = []
  for (const [obligation, ends] of groupBy(ended, (end) => end.obligation)) {
    const row = going.get(obligation)!
    if (ends.every((end) => end.root === row.work.root && isInTime(end, row, postponed(end.root), calendars)))
      excused.push(obligation)
  }
  if (excused.length > 0)
    await tx.query('update obligations set ended_late = false where id = any($1)', [excused])
}

function lateEnds(tx: Sql, obligations: readonly string[]): Promise<LateEnd[]> {
  return rows(
    tx,
    `select a.obligation, a.office, coalesce(a.origin, a.id) as root, a.start_on as "startOn", a.working_days as "workingDays",
            (select r.due_on from assignments r where r.id = coalesce(a.origin, a.id)) as "limitOn", a.ended_at as "endedAt"
       from assignments a join obligations o on o.id = a.obligation
      where a.obligation = any($1) and o.ended_late and a.stage in (${PERFORMING}) and a.ended_at >= a.due_at`,
    [obligations],
  )
}

function isInTime(end: LateEnd, { work, after }: MovedRow, all: Postponements, calendars: Calendars): boolean {
  const more = (after.workingDays ?? 0) - (work.workingDays ?? 0)
  const workingDays = end.workingDays === null ? null : end.workingDays + more
  const then = {
    pauses: all.pauses.filter(({ approvedAt }) => approvedAt < end.endedAt),
    extensions: all.extensions.filter(({ askedAt }) => askedAt < end.endedAt),
  }
  const limit = movedLimit(partsOf({ ...end, workingDays }, then), calendars.of(end.office))
  return end.endedAt < limit.dueAt
}

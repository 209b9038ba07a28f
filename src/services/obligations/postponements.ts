import type { SuspensionReason } from '../../domain/obligation/request-words.ts'
import type { HadSoFar } from '../../domain/obligation/postponement.ts'
import { groupBy } from '../../domain/grouping.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import type { Day } from '../../domain/time/days.ts'
import { type DueParts, type Pause, pausedDays } from '../../domain/time/moved-limit.ts'
import { row, type Sql } from '../../db/pool.ts'
import { extensions, pauses } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { PERFORMING } from './turn-clocks.ts'

const PAUSE = columns(pauses, 'p', [
  ...(['id', 'origin', 'state', 'stage', 'fromOn', 'untilOn', 'resumedOn', 'reasonCode'] as const),
  ...(['approvedBy', 'approvedAt', 'resumedBy'] as const),
])
export type PauseRow = RowsOf<typeof PAUSE>

const EXTENSION = columns(extensions, 'x', [
  ...(['id', 'origin', 'state', 'workingDays', 'grantedDays', 'askedBy', 'askedAt', 'onLastDay'] as const),
  ...(['office', 'roles', 'answeredBy', 'answeredAt', 'waitedFrom', 'waitedUntil'] as const),
])
export type ExtensionRow = RowsOf<typeof EXTENSION>

/** Every pause and every request of an obligation, in order. */
export type Postponements = { pauses: PauseRow[]; extensions: ExtensionRow[] }

export async function postponementsOf(sql: Sql, obligation: string): Promise<Postponements> {
  return {
    pauses: await selectRows(sql, PAUSE, 'from pauses p where obligation = $1 order by approved_at, id', [
      obligation,
    ]),
    extensions: await selectRows(
      sql,
      EXTENSION,
      'from extensions x where obligation = $1 order by asked_at, id',
      [obligation],
    ),
  }
}

export function openPauseOf({ pauses: all }: Postponements): PauseRow | null {
  return all.find((pause) => pause.resumedOn === null) ?? null
}

export function pendingOf({ extensions: all }: Postponements): ExtensionRow | null {
  return all.find(({ state }) => state === 'pending') ?? null
}

/** The days on which the clock stood still. */
export function pauseOf({ fromOn, untilOn, resumedOn }: Omit<PauseRow, 'reasonCode'>): Pause {
  return { from: fromOn, until: resumedOn ?? untilOn }
}

/** The pauses and requests of many assignments that go on as one. @returns those of one of them, by its root */
export async function postponementsOfRoots(
  sql: Sql,
  roots: readonly string[],
): Promise<(root: string) => Postponements> {
  const paused = await selectRows(
    sql,
    PAUSE,
    'from pauses p where origin = any($1) order by approved_at, id',
    [roots],
  )
  const asked = await selectRows(
    sql,
    EXTENSION,
    'from extensions x where origin = any($1) order by asked_at, id',
    [roots],
  )
  const pausesOf = byOrigin(paused)
  const extensionsOf = byOrigin(asked)
  return (root) => ({ pauses: pausesOf.get(root) ?? [], extensions: extensionsOf.get(root) ?? [] })
}

function byOrigin<Row extends { origin: string }>(list: readonly Row[]): Map<string, Row[]> {
  return groupBy(list, ({ origin }) => origin)
}

/** How often an obligation was paused, whatever its stage then. */
export function hadPauses({ pauses: all }: Postponements, calendar: Calendar): HadSoFar {
  return { times: all.length, workingDays: pausedDays(all.map(pauseOf), calendar) }
}

/** What was granted; what was refused or lapsed counts for nothing. */
export function hadExtensions({ extensions: all }: Postponements): HadSoFar {
  const granted = all.filter(({ state }) => state === 'granted')
  return { times: granted.length, workingDays: granted.reduce((sum, x) => sum + (x.grantedDays ?? 0), 0) }
}

/**
 * Whether the last answer about the assignment at hand was a refusal that left a wait. Each wait moves the due day: whoever could ask
 * again at once would get days for ever by asking alone.
 */
export async function isRefusedAfterWait(
  sql: Sql,
  obligation: string,
  { extensions: all }: Postponements,
): Promise<boolean> {
  const last = all.findLast(({ state }) => state === 'granted' || state === 'refused')
  if (last?.state !== 'refused' || last.waitedUntil === null) return false
  const performed = await row<{ root: string }>(
    sql,
    `select coalesce(a.origin, a.id) as root from assignments a
      where a.obligation = $1 and a.stage in (${PERFORMING}) order by a.id desc limit 1`,
    [obligation],
  )
  return performed?.root === last.origin
}

/** The working days a request moves the due day by; one that nobody refused counts as it was asked. */
export function countedDays({ state, workingDays, grantedDays }: ExtensionRow): number {
  if (state === 'refused') return 0
  return state === 'granted' ? (grantedDays ?? 0) : workingDays
}

/** What the due day of an assignment rests on. `limitOn`: the day before anything moved it. */
export type Base = { root: string; startOn: Day; workingDays: number | null; limitOn: Day }

export function partsOf({ root, startOn, workingDays, limitOn }: Base, all: Postponements): DueParts {
  const ours = <Row extends { origin: string }>(rows: readonly Row[]) =>
    rows.filter(({ origin }) => origin === root)
  const requests = ours(all.extensions)
  const waits = requests.flatMap(({ waitedFrom: from, waitedUntil: until }) =>
    from !== null && until !== null ? [{ from, until }] : [],
  )
  return {
    start: startOn,
    limit: workingDays === null ? { dueOn: limitOn } : { workingDays },
    pauses: [...ours(all.pauses).map(pauseOf), ...waits],
    extensions: requests.map(countedDays),
  }
}

/** A pause as it is shown where an obligation is listed. */
export type ShownPause = { reasonCode: SuspensionReason; from: Day; until: Day; approvedBy: string }
export type ShownExtension = Pick<
  ExtensionRow,
  'state' | 'workingDays' | 'grantedDays' | 'askedAt' | 'onLastDay' | 'office' | 'answeredAt'
>

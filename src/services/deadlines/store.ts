import type { Day, Instant } from '../../domain/time/days.ts'
import type { Firing } from '../../domain/escalation/moments.ts'
import type { JoinedIds } from '../../domain/obligation/counted-lists.ts'
import type { MovedBy } from '../../domain/obligation/moved-day.ts'
import type { CountyMailState } from '../../domain/obligation/vocabulary.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import {
  assignments,
  deadlines as deadlineTable,
  firings,
  obligations,
  offices,
} from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  type RowsOf,
  selectRow,
  selectRows,
} from '../../db/select-columns.ts'
import { MOVED_BY, MOVED_FROM } from './moved-day.ts'

const DEADLINE = allOf(
  columns(deadlineTable, 'd', [
    ...(['id', 'county', 'office', 'dueAt', 'dueOn', 'rule', 'kind', 'level', 'stage', 'label'] as const),
    ...(['policy', 'obligation', 'startedAt', 'joins', 'silentUntil'] as const),
  ]),
  columnsAs(offices, 'o', { officeName: 'name', officeKind: 'kind' }),
  // While the county prepares, nothing fires.
  computed<{ mailState: CountyMailState }>({
    mailState: '(select c.mail_state from counties c where c.office = d.county)',
  }),
)
export type DeadlineRow = RowsOf<typeof DEADLINE>
const FROM = 'from deadlines d join offices o on o.code = d.office'

export function deadlineById(sql: Sql, id: string): Promise<DeadlineRow | undefined> {
  return selectRow(sql, DEADLINE, `${FROM} where d.id = $1`, [id])
}

/** Holds off assignments that want to join while a firing decides who is told. */
export function lockDeadline(tx: Sql, id: string): Promise<DeadlineRow | undefined> {
  return selectRow(tx, DEADLINE, `${FROM} where d.id = $1 for update of d`, [id])
}

export function deadlinesById(sql: Sql, ids: readonly string[]): Promise<DeadlineRow[]> {
  return selectRows(sql, DEADLINE, `${FROM} where d.id = any($1)`, [ids])
}

/** How many are still open behind a deadline, and the person named where exactly one is. */
export async function openMembers(
  sql: Sql,
  deadline: string,
): Promise<{ count: number; person: string | null }> {
  const found = await row<{ count: number; person: string | null; persons: number; unnamed: number }>(
    sql,
    `select count(*) as count, min(person) as person, count(distinct person) as persons,
            count(*) filter (where person is null) as unnamed
       from assignments where deadline = $1 and ended_at is null`,
    [deadline],
  )
  if (!found) return { count: 0, person: null }
  return { count: found.count, person: found.persons === 1 && found.unnamed === 0 ? found.person : null }
}

/** The same person of several deadlines; a deadline that does not name exactly one is left out. */
export async function namedMembers(sql: Sql, deadlines: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ deadline: string; person: string }>(
    sql,
    `select deadline, min(person) as person from assignments where deadline = any($1) and ended_at is null
      group by deadline having count(distinct person) = 1 and count(person) = count(*)`,
    [deadlines],
  )
  return new Map(found.map(({ deadline, person }) => [deadline, person]))
}

const ITEM = allOf(
  columnsAs(obligations, 'i', { obligation: 'id', owner: 'office' }),
  columns(obligations, 'i', ['externalId', 'title', 'cause']),
)
const OPEN_ITEM = allOf(columnsAs(assignments, 'a', { deadline: 'deadline' }), ITEM)
/** `movedFrom`: its first day, where it has another one since; `movedBy`: why. */
export type Item = RowsOf<typeof ITEM> & Moved
type Moved = { movedFrom: Day | null; movedBy: MovedBy[] }

/** `counted`: their day came from working days, and no document names it. */
export type OpenItems = { total: number; counted: boolean; items: Item[] }

/** The open items behind each deadline: how many, and the first few of them for a digest. */
export async function openItems(sql: Sql, deadlines: readonly string[], atMost: number) {
  const found = await selectRows(
    sql,
    allOf(
      OPEN_ITEM,
      computed<{ total: number; counted: boolean } & Moved>({
        ...{ total: 'n.total', counted: 'n.counted' },
        ...{ movedFrom: MOVED_FROM, movedBy: MOVED_BY },
      }),
    ),
    `from (select a.id, count(*) over all_of as total, bool_or(a.working_days is not null) over all_of as counted,
                  row_number() over (all_of order by o.issued_at, o.id) as nth
             from assignments a join obligations o on o.id = a.obligation
            where a.deadline = any($1) and a.ended_at is null
           window all_of as (partition by a.deadline)) n
     join assignments a on a.id = n.id join obligations i on i.id = a.obligation
    where n.nth <= $2 order by a.deadline, n.nth`,
    [deadlines, atMost],
  )
  const byDeadline = new Map<string, OpenItems>()
  for (const { total, counted, deadline, ...item } of found) {
    const entry = byDeadline.get(deadline) ?? { total, counted, items: [] }
    entry.items.push(item)
    byDeadline.set(deadline, entry)
  }
  return byDeadline
}

/** Everything that is open behind these deadlines. */
export async function obligationsBehind(
  sql: Sql,
  deadlines: readonly string[],
): Promise<Map<string, JoinedIds>> {
  const found = await rows<{ deadline: string; obligations: JoinedIds }>(
    sql,
    `select deadline, string_agg(obligation, ',') as obligations
       from assignments where deadline = any($1) and ended_at is null group by deadline`,
    [deadlines],
  )
  return new Map(found.map(({ deadline, obligations }) => [deadline, obligations]))
}

/** What is still accepted of these obligations, by its id. */
export async function acceptedItems(sql: Sql, ids: readonly string[]): Promise<Map<string, Item>> {
  if (ids.length === 0) return new Map()
  const accepted = `from obligations i where i.id = any($1) and i.state = 'accepted'`
  const found = await selectRows(sql, ITEM, accepted, [ids])
  return new Map(found.map((item) => [item.obligation, { ...item, movedFrom: null, movedBy: [] }]))
}

const FIRING = allOf(
  columns(firings, 'f', ['moment', 'at', 'firedAt', 'joins', 'collapsedInto', 'openCount', 'notifiedCount']),
  columnsAs(firings, 'f', { form: 'momentForm' }),
)
export type FiringRow = RowsOf<typeof FIRING>

export function firingsOf(sql: Sql, deadline: string): Promise<FiringRow[]> {
  return selectRows(sql, FIRING, 'from firings f where deadline = $1 order by at, moment', [deadline])
}

export type NewFiring = Pick<Firing, 'moment' | 'form' | 'at' | 'collapsed'> &
  Pick<FiringRow, 'joins' | 'openCount' | 'notifiedCount'> & { deadline: string }

/** Records the moment and those collapsed into it. @returns false when it had been recorded already. */
export async function recordFiring(tx: Sql, firing: NewFiring, now: Instant): Promise<boolean> {
  const { deadline, joins, openCount, notifiedCount, moment } = firing
  const collapsed = { collapsedInto: moment, notifiedCount: 0 }
  const inserted = await insertRows(
    tx,
    firings,
    [
      { ...momentColumns(firing), collapsedInto: null, notifiedCount },
      ...firing.collapsed.map((m) => ({ ...momentColumns(m), ...collapsed })),
    ],
    {
      constant: { deadline, joins, openCount, firedAt: now },
      onConflict: 'do nothing',
      returning: ['moment'],
    },
  )
  return inserted.some((i) => i.moment === moment)
}

function momentColumns({ moment, form, at }: Pick<Firing, 'moment' | 'form' | 'at'>) {
  return { moment, momentForm: form, at }
}

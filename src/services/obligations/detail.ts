import type { Day, Instant } from '../../domain/time/days.ts'
import type { MomentForm } from '../../domain/escalation/moment-form.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { assignments, obligations, offices, policies } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  maybe,
  type RowsOf,
  selectRow,
} from '../../db/select-columns.ts'
import { everLate, PERFORMING } from './turn-clocks.ts'

const ITEM = allOf(
  columns(obligations, 'o', ['id', 'externalId', 'title', 'kind', 'state', 'level', 'basis']),
  columnsAs(offices, 'f', { officeName: 'name' }),
  maybe(columns(assignments, 'a', ['stage', 'workingDays'])),
  maybe(columnsAs(offices, 'h', { holderName: 'name' })),
  computed<{ startOn: Day; dueOn: Day; dueAt: Instant; everLate: boolean }>({
    startOn: 'coalesce(a.start_on, o.start_on)',
    dueOn: 'coalesce(a.due_on, o.due_on)',
    dueAt: 'coalesce(a.due_at, o.due_at)',
    everLate: everLate('o', '$2'),
  }),
  // The last turn of whoever performs: by when it was due, and when it ended.
  maybe(
    columnsAs(assignments, 'd', { performDueOn: 'dueOn', performDueAt: 'dueAt', performEndedAt: 'endedAt' }),
  ),
  columnsAs(policies, 'p', { policyName: 'name', policyVersion: 'version', example: 'example' }),
)
export type ItemRow = RowsOf<typeof ITEM>

/** One obligation with the turn that is open now, or its first one when it is done. Nothing personal. */
export function itemById(sql: Sql, id: string, now: Instant): Promise<ItemRow | undefined> {
  return selectRow(
    sql,
    ITEM,
    `from obligations o join offices f on f.code = o.office join policies p on p.id = o.policy
       left join lateral (select * from assignments a where a.obligation = o.id
                           order by (a.ended_at is null) desc, (a.stage = 'perform') desc, a.id limit 1) a on true
       left join lateral (select * from assignments l where l.obligation = o.id and l.stage in (${PERFORMING})
                           order by l.started_at desc, l.id desc limit 1) d on true
       left join offices h on h.code = a.office
      where o.id = $1`,
    [id, ts(now)],
  )
}

export type StoryLine = {
  at: Instant
  what: 'event' | 'firing'
  /** Of an event its action, of a firing the key of its moment. */
  name: string
  /** The moment of a firing. */
  form: MomentForm | null
  actor: string | null
  told: string | null
  /** Of an event its id, as in `historyOf`. */
  nth: number
}

/** What became of telling somebody. A mail may be beyond what its reader sees: of whom it goes to they know all the same. */
const FATE = `case
  when n.state = 'queued' then '(待发,' || to_char(n.round_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') || ' 批次)'
  when n.state = 'moot' then '(没有发出)'
  when m.state is null then '(邮件不在您的范围内)'
  when m.state in ('accepted', 'archived') then ' ✓'
  when m.state = 'failed' then ' ✗'
  else '(正在发送)' end`

/**
 * What happened to an obligation and who was told, in one story. A moment is decided up to 25 minutes before its round
 * (decision 5); once its mails are written it stands where they do in the outbox. Mails that were written only after the turn
 * had ended do not name this obligation.
 */
export function storyOf(sql: Sql, id: string): Promise<StoryLine[]> {
  return rows(
    sql,
    `select e.at, 'event' as what, e.action as name, null::jsonb as form, coalesce(p.name, k.name, e.actor) as actor, null as told, e.id as nth
       from events e left join people p on p.id = e.actor left join api_keys k on k.id = e.actor where e.obligation = $1
     union all
     select coalesce(told.at, f.fired_at), 'firing', f.moment, f.moment_form, null, told.whom, 0
       from firings f join assignments a on a.deadline = f.deadline
       cross join lateral (
         select min(coalesce(m.composed_at, n.round_at)) filter (where n.state = 'mailed') as at,
                string_agg(p.name || ${FATE}, '、' order by p.name) as whom
           from notifications n join people p on p.id = n.person left join mails m on m.id = n.mail
          where n.deadline = f.deadline and n.moment = f.moment and n.undelivered_to is null) told
      where a.obligation = $1 and f.collapsed_into is null and f.fired_at >= a.started_at
        and (a.ended_at is null or coalesce(told.at, f.fired_at) < a.ended_at)
      order by 1, what, nth`,
    [id],
  )
}

/** The deadline an obligation stands behind now; null when nobody holds it. */
export async function openDeadlineOf(sql: Sql, id: string): Promise<string | null> {
  const open = 'from assignments a where obligation = $1 and ended_at is null'
  const found = await selectRow(sql, columns(assignments, 'a', ['deadline']), open, [id])
  return found?.deadline ?? null
}

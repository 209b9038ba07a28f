import type { Audience } from '../../domain/escalation/audience.ts'
import type { MailOutcome } from '../../domain/escalation/mail-fate.ts'
import { type MomentForm, START_SERIES } from '../../domain/escalation/moment-form.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** Somebody who was told of a moment, and the mail that told them; null where none was written or it is beyond the reader. */
export type Told = {
  person: string
  name: string
  audience: Audience | null
  line: 'queued' | 'mailed' | 'moot'
  roundAt: Instant | null
  mail: ({ id: string; reply: string | null } & MailOutcome) | null
}
export type ToldMoment = { at: Instant; moment: string; form: MomentForm; told: Told[] }

const STARTS = START_SERIES.map((series) => `'${series}'`).join(', ')
const MAIL = `case when m.id is not null then jsonb_build_object('id', m.id, 'reply', m.reply, 'state', m.state,
  'refusalAbout', m.refusal_about, 'bounced', m.bounced_at is not null) end`

/**
 * The moments of an obligation's turns and who was told of each. A moment is decided up to 25 minutes before its round
 * (decision 5); once its mails are written it stands where they do in the outbox. Mails that were written only after the turn
 * had ended do not name this obligation. A day that was counted anew put the turn behind another deadline (`recounts`); that it
 * had begun is told afterwards all the same.
 */
export function toldMomentsOf(sql: Sql, id: string): Promise<ToldMoment[]> {
  return rows(
    sql,
    `with held as (
       select a.deadline, coalesce((select max(r.at) from recounts r where r.obligation = $1 and r.assignment = a.id), a.started_at) as since, a.ended_at as until,
              null::timestamptz as moved
         from assignments a where a.obligation = $1
       union all
       select r.deadline, coalesce(lag(r.at) over (partition by r.assignment order by r.id), a.started_at), r.at, r.at
         from recounts r join assignments a on a.id = r.assignment where r.obligation = $1)
     select coalesce(told.at, f.fired_at) as at, f.moment, f.moment_form as form, coalesce(told.whom, '[]') as told
       from firings f join held h on h.deadline = f.deadline
       cross join lateral (
         select min(coalesce(m.composed_at, n.round_at)) filter (where n.state = 'mailed') as at,
                jsonb_agg(jsonb_build_object('person', p.id, 'name', p.name, 'audience', n.audience, 'line', n.state,
                  'roundAt', (extract(epoch from n.round_at) * 1000)::bigint, 'mail', ${MAIL}) order by p.name, n.id) as whom
           from notifications n join people p on p.id = n.person left join mails m on m.id = n.mail
          where n.deadline = f.deadline and n.moment = f.moment and n.undelivered_to is null) told
      where f.collapsed_into is null and f.fired_at >= h.since
        and (h.until is null or coalesce(told.at, f.fired_at) < h.until
             or (f.fired_at < h.moved and f.moment_form ->> 'series' in (${STARTS})))
      order by 1, f.moment`,
    [id],
  )
}

import type { Audience } from '../../domain/escalation/audience.ts'
import { type Role, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { NextAsked, OthersLate } from '../../mail/digest-types.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'

/**
 * How many one holder is late with behind one deadline, and which rungs were asked to press; what had another deadline before is
 * counted apart.
 */
export type PressingRow = {
  deadline: string
  office: string
  person: string | null
  count: number
  audiences: Audience[] | null
}

/**
 * Everything late in a county, by deadline: who has been asked to press it, also behind the deadline that it had before a recount.
 */
export function latePressing(sql: Sql, county: string, now: Instant): Promise<PressingRow[]> {
  return rows(
    sql,
    `select l.deadline, l.office, l.person, l.count, p.audiences
       from (select a.deadline, o.holder_office as office, o.holder_person as person, r.earlier, count(*)::int as count
               from obligations o join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = o.stage
               left join lateral (select array_agg(distinct t.deadline order by t.deadline) as earlier
                            from recounts t where t.obligation = o.id and t.assignment = a.id) r on true
              where o.county = $1 and o.stage in (${PERFORMING}) and o.holder_due_at <= $2
              group by a.deadline, o.holder_office, o.holder_person, r.earlier) l,
            lateral (select jsonb_agg(distinct n.audience) as audiences
                       from notifications n left join mails m on m.id = n.mail
                      where n.deadline = any(array_append(l.earlier, l.deadline))
                        and n.audience ->> 'to' = 'rung' and n.kind in ('escalation','passed-on')
                        and (m.state in ('queued','sending','accepted','archived') or (n.state = 'queued' and n.round_at <= $2))) p`,
    [county, ts(now)],
  )
}

type Pressed = Pick<PressingRow, 'deadline' | 'count' | 'audiences'>

/**
 * Of so much that is late: how many others press, which posts they have, how many nobody was asked for yet, and who will be first.
 * @param upcoming who will be asked to press next, by deadline
 */
export function othersLate(late: readonly Pressed[], upcoming: ReadonlyMap<string, NextAsked>): OthersLate {
  const sum = (of: readonly Pressed[]) => of.reduce((total, { count }) => total + count, 0)
  const pressed = late.filter(({ audiences }) => audiences !== null)
  const roles = pressed.flatMap(({ audiences }) =>
    (audiences ?? []).flatMap((audience) => (audience.to === 'holder' ? [] : audience.roles)),
  )
  // The lowest post first, as they are asked one after another.
  const known = Object.keys(ROLE_LABELS).reverse() as Role[]
  const posts = known.filter((role) => roles.includes(role)).map((role) => ROLE_LABELS[role])
  return { pressed: sum(pressed), posts, unpressed: sum(late) - sum(pressed), next: soonest(late, upcoming) }
}

/** Whoever will be asked on the first of the days. */
function soonest(late: readonly Pressed[], upcoming: ReadonlyMap<string, NextAsked>): NextAsked | null {
  const next = late.flatMap(({ deadline, audiences }) =>
    audiences === null ? (upcoming.get(deadline) ?? []) : [],
  )
  const on = next.map((one) => one.on).sort()[0]
  if (on === undefined) return null
  return { on, posts: [...new Set(next.flatMap((one) => (one.on === on ? one.posts : [])))] }
}

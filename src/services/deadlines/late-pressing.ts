import type { Audience } from '../../domain/escalation/audience.ts'
import { type Role, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { OthersLate } from '../../mail/digest-types.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'

/** How many are late behind one deadline, and which rungs were asked to press; what had another deadline before is counted apart. */
export type PressingRow = { deadline: string; count: number; audiences: Audience[] | null }

/**
 * Everything late in a county, by deadline: who has been asked to press it, also behind the deadline that it had before a recount.
 */
export function latePressing(sql: Sql, county: string, now: Instant): Promise<PressingRow[]> {
  return rows(
    sql,
    `select l.deadline, l.count, p.audiences
       from (select a.deadline, r.earlier, count(*)::int as count
               from obligations o join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = o.stage
               left join lateral (select array_agg(distinct t.deadline order by t.deadline) as earlier
                            from recounts t where t.obligation = o.id and t.assignment = a.id) r on true
              where o.county = $1 and o.stage in (${PERFORMING}) and o.holder_due_at <= $2
              group by a.deadline, r.earlier) l,
            lateral (select jsonb_agg(distinct n.audience) as audiences
                       from notifications n left join mails m on m.id = n.mail
                      where n.deadline = any(array_append(l.earlier, l.deadline))
                        and n.audience ->> 'to' = 'rung' and n.kind in ('escalation','passed-on')
                        and (m.state in ('queued','sending','accepted','archived') or (n.state = 'queued' and n.round_at <= $2))) p`,
    [county, ts(now)],
  )
}

/** Of so much that is late: how many others press, which posts they have, and how many nobody was asked for yet. */
export function othersLate(late: readonly PressingRow[]): OthersLate {
  const sum = (of: readonly PressingRow[]) => of.reduce((total, { count }) => total + count, 0)
  const pressed = late.filter(({ audiences }) => audiences !== null)
  const roles = pressed.flatMap(({ audiences }) =>
    (audiences ?? []).flatMap((audience) => (audience.to === 'holder' ? [] : audience.roles)),
  )
  // The lowest post first, as they are asked one after another.
  const known = Object.keys(ROLE_LABELS).reverse() as Role[]
  const posts = known.filter((role) => roles.includes(role)).map((role) => ROLE_LABELS[role])
  return { pressed: sum(pressed), posts, unpressed: sum(late) - sum(pressed) }
}

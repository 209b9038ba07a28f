import { OUTCOMES } from '../../domain/obligation/outcomes.ts'
import type { ExitReason, Outcome } from '../../domain/obligation/vocabulary.ts'
import { type Day, dayOf } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** What a household was last found to get, and since when. */
export type Cover = { outcome: Outcome; since: Day }
/** That a household left what it was given, why, and who decided (R9). */
export type Exit = {
  obligation: string
  outcome: Outcome
  reason: ExitReason | null
  decidedBy: string | null
  on: Day
}
export type CoverOfHousehold = { cover: Cover | null; exits: Exit[] }

type Ended = {
  id: string
  closed_at: number
  outcome: Outcome
  reason: ExitReason | null
  decided: string | null
}

/** What the accepted obligations of a household say of its cover, in the order they were accepted. */
export async function coverOf(sql: Sql, ids: readonly string[]): Promise<CoverOfHousehold> {
  const ended = await rows<Ended>(
    sql,
    `select id, (extract(epoch from closed_at) * 1000)::float8 as closed_at, result ->> 'outcome' as outcome,
            result ->> 'exitReason' as reason, result ->> 'decidedBy' as decided
       from obligations where id = any($1) and state = 'accepted' and result ->> 'outcome' = any($2)
      order by obligations.closed_at, id`,
    [ids, Object.keys(OUTCOMES)],
  )
  const last = ended.findLast(({ outcome }) => OUTCOMES[outcome].eligible || OUTCOMES[outcome].exit)
  return {
    cover:
      last && OUTCOMES[last.outcome].eligible
        ? { outcome: last.outcome, since: dayOf(last.closed_at) }
        : null,
    exits: ended
      .filter(({ outcome }) => OUTCOMES[outcome].exit)
      .map((e) => ({
        ...{ obligation: e.id, outcome: e.outcome, reason: e.reason },
        ...{ decidedBy: e.decided, on: dayOf(e.closed_at) },
      })),
  }
}

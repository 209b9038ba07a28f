import { OUTCOMES } from '../../domain/obligation/outcomes.ts'
import type { ExitReason } from '../../domain/obligation/result-words.ts'
import type { Outcome } from '../../domain/obligation/vocabulary.ts'
import { type Day, dayOf } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { resultTextsOf } from '../obligations/result-texts.ts'
import type { Keyring } from '../vault/encryption.ts'

/** What a household was last found to get, and since when. */
export type Cover = { outcome: Outcome; since: Day }
/** That a household left what it was given, why, and who decided (R9). */
export type Exit = {
  obligation: string
  outcome: Outcome
  reason: ExitReason | null
  decidedBy: string | null
  on: Day
  /** When it was covered again after that; null where it was not. */
  backOn: Day | null
}
export type CoverOfHousehold = { cover: Cover | null; exits: Exit[] }

type Ended = {
  id: string
  closed_at: number
  outcome: Outcome
  reason: ExitReason | null
  /** As releases before the names were encrypted kept it. */
  decided: string | null
}

/**
 * What the accepted obligations of a household say of its cover, in the order they were accepted.
 * @param mayRead of which of them the reader may know the words: who decided is one
 */
export async function coverOf(
  sql: Sql,
  keys: Keyring,
  ids: readonly string[],
  mayRead: (obligation: string) => boolean,
): Promise<CoverOfHousehold> {
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
    exits: await Promise.all(
      ended.flatMap((one, i) => {
        if (!OUTCOMES[one.outcome].exit) return []
        const back = ended.slice(i + 1).find(({ outcome }) => isCovered(outcome))
        return [exitOf(sql, keys, one, { back, mayRead: mayRead(one.id) })]
      }),
    ),
  }
}

/** Cover that begins. Help for once, as temporary assistance is, covers nobody again: the county still checks such a household. */
function isCovered(outcome: Outcome): boolean {
  const { eligible, checked, exit } = OUTCOMES[outcome]
  return eligible && !checked && !exit
}

type Around = { back: Ended | undefined; mayRead: boolean }

async function exitOf(sql: Sql, keys: Keyring, ended: Ended, { back, mayRead }: Around): Promise<Exit> {
  const { id: obligation, outcome, reason, decided, closed_at } = ended
  const texts = mayRead ? await resultTextsOf(sql, keys, obligation) : {}
  const decidedBy = mayRead ? (decided ?? (texts['decidedBy'] as string | undefined) ?? null) : null
  const backOn = back ? dayOf(back.closed_at) : null
  return { obligation, outcome, reason, decidedBy, on: dayOf(closed_at), backOn }
}

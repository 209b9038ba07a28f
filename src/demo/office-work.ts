import { runAction } from '../services/obligations/act.ts'
import { inTransaction, type Pool } from '../db/pool.ts'
import { assignments, obligations, offices } from '../db/schema/index.ts'
import { allOf, columns, columnsAs, computed, type RowsOf, selectRows } from '../db/select-columns.ts'
import type { Keyring } from '../services/vault/encryption.ts'
import { dayOf, endOfDay, type Instant } from '../domain/time/days.ts'
import type { ActionInput } from '../domain/obligation/lifecycle.ts'
import { systemActor } from '../domain/obligation/system-actor.ts'
import type { Actor } from '../domain/people/permissions.ts'
import type { Kind } from '../domain/obligation/vocabulary.ts'
import { kindOf } from '../kinds/kinds.ts'
import { makeRandom, type Random, seedOf } from './random.ts'
import { returnReason } from './return-reasons.ts'

const HOUR = 3_600_000

/** `name`: what stays the same when the same past is laid again. */
const HELD = allOf(
  columns(obligations, 'o', ['id', 'kind']),
  columns(assignments, 'a', ['stage', 'startedAt', 'dueAt']),
  columnsAs(offices, 'f', { holderName: 'name' }),
  computed<{ name: string }>({ name: `concat_ws('|', o.office, o.external_id, o.title)` }),
)
type Held = RowsOf<typeof HELD>
type Plan = { at: Instant; action: ActionInput; actor: Actor }

/** Simulated officers of a demonstration: most are on time, some late, a few have not begun. */
export function officeWork({ pool, keys }: { pool: Pool; keys: Keyring }, seed: number, now: Instant) {
  const planned = new Map<string, Plan>()

  function planFor(held: Held): Plan {
    const span = held.dueAt - held.startedAt
    const actor = systemActor(held.holderName)
    const random = makeRandom(seed + seedOf(`${held.name}/${held.stage}/${held.startedAt}`))
    if (held.stage === 'review')
      return {
        at: held.startedAt + (4 + random.below(60)) * HOUR,
        action: reviewAction(held.kind, random),
        actor,
      }
    const draw = random.next()
    // Old work is done by now; a part of the recent work is late.
    const old = held.dueAt < endOfDay(dayOf(now)) - 45 * 24 * HOUR
    // What is due on the day that is shown is still to be done: people finish it by the evening.
    const dueToday = held.dueAt === endOfDay(dayOf(now))
    if (dueToday) return submissionAt(held.dueAt)
    const share = draw < 0.72 ? 0.3 + random.next() * 0.6 : draw < 0.9 || old ? 1.1 + random.next() * 0.4 : 9
    return submissionAt(held.startedAt + span * share)

    function submissionAt(at: Instant): Plan {
      return { at, action: submission(held.kind, random, at), actor }
    }
  }

  function reviewAction(kind: Kind, random: Random): ActionInput {
    return random.next() < 0.9 ? { action: 'accept' } : { action: 'return', reason: returnReason(kind) }
  }

  /** The result is made as it is handed in: it names days, and none of them may lie ahead. */
  function submission(kind: Kind, random: Random, at: Instant): ActionInput {
    const days = { today: dayOf(at), issuedOn: dayOf(at) }
    return { action: 'submit', result: kindOf(kind).sampleResult((of) => random.pick(of), days) }
  }

  return {
    /** Does everything whose planned hour has come. */
    async doWhatIsPlanned(county: string, at: Instant): Promise<void> {
      for (const held of await openTurns(pool, county)) {
        const key = `${held.id}/${held.stage}/${held.startedAt}`
        const plan = planned.get(key) ?? planFor(held)
        planned.set(key, plan)
        if (plan.at > at) continue
        await inTransaction(pool, (tx) =>
          runAction(tx, { obligation: held.id, action: plan.action, actor: plan.actor, now: at, keys }),
        )
      }
    },
  }
}

function openTurns(pool: Pool, county: string): Promise<Held[]> {
  return selectRows(
    pool,
    HELD,
    `from assignments a join obligations o on o.id = a.obligation join offices f on f.code = a.office
      where a.ended_at is null and o.county = $1 order by name, a.stage, a.started_at`,
    [county],
  )
}

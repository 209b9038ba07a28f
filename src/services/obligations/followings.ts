import { nextVisitOn, visitInterval } from '../../domain/obligation/monitoring.ts'
import { effectOf, refusalInState } from '../../domain/obligation/lifecycle.ts'
import type { Kind, State } from '../../domain/obligation/vocabulary.ts'
import { followingKey, keyInState } from '../../domain/obligation/warning-key.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import type { Following } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { events } from '../../db/schema/index.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { Keyring } from '../vault/encryption.ts'
import { type ActedOnRow, lockActedOn, obligationStateOf } from './acted-on.ts'
import { readFacts } from './facts.ts'
import { copySubject } from './followed-subject.ts'
import { type Registration, registerObligations } from './register.ts'
import { type Acting, writeAction } from './write-action.ts'

const NO_LONGER_WANTED = '由来的事项结论有变,这一件不再需要。'

/**
 * What an obligation brings about once it is accepted, and what it no longer does once its outcome changed or it was cancelled.
 * Accepting it twice, or again after a reopening, begins the same thing once.
 */
export async function bringAbout(tx: Sql, o: ActedOnRow, state: State, acting: Acting): Promise<void> {
  if (state !== 'accepted' && state !== 'cancelled') return
  const wanted = state === 'accepted' ? followingsOf(o, acting.now) : []
  await cancelUnwanted(tx, o.id, wanted, acting)
  for (const following of wanted) await beginFollowing(tx, o, following, acting)
}

/** Nothing follows from what was closed without a result, nor from a result of an earlier release. */
function followingsOf(o: ActedOnRow, now: Instant): Following[] {
  const kind = kindOf(o.kind)
  const parsed = kind.keptResult.safeParse(o.result)
  if (!parsed.success) return []
  const { group, externalId } = o
  const days = { today: dayOf(now), issuedOn: dayOf(o.issuedAt) }
  return kind.follows({ ...days, facts: readFacts(o, o.facts), result: parsed.data, group, externalId })
}

async function beginFollowing(
  tx: Sql,
  from: ActedOnRow,
  { kind, facts, visitAfter }: Following,
  { actor, now, keys }: Pick<Acting, 'actor' | 'now'> & { keys: Keyring },
): Promise<void> {
  const id = newId('ob')
  const { county, office, reviewer, cause, group } = from
  const registration: Registration = {
    ...{ id, key: followingKey(from.id, kind), externalId: null, kind, facts, office, reviewer },
    title: kindOf(kind).title({ level: null, cause, facts }),
    ...{ phase: kindOf(kind).phase, level: null, cause, group, source: null },
    ...{ issuedAt: now, startOn: dayOf(now), followsFrom: from.id, importId: null, contentHash: null },
    fixedDueOn: visitAfter && (await visitDay(tx, county, visitAfter, dayOf(now))),
    subject: await copySubject(tx, keys, from.id, id),
  }
  const fresh = await registerObligations(tx, { county, actor: actor.id, now }, [registration])
  if (fresh > 0) await recordFollowing(tx, from.id, registration, { actor: actor.id, now })
}

/** By the interval of the county's policy, on a working day. */
async function visitDay(tx: Sql, county: string, after: Day, today: Day): Promise<Day> {
  const policy = await currentPolicy(tx, county)
  return nextVisitOn(after, visitInterval(policy), today, await readCountyCalendar(tx, county))
}

/** The history of what was accepted says what it brought about. */
export async function recordFollowing(
  tx: Sql,
  from: string,
  { id, kind, title }: Pick<Registration, 'id' | 'kind' | 'title'>,
  { actor, now }: { actor: string; now: Instant },
): Promise<void> {
  const detail = { obligation: id, kind, title }
  await insertRow(tx, events, {
    obligation: from,
    at: now,
    actor,
    action: 'follow',
    state: 'accepted',
    detail,
  })
}

/**
 * Cancels what followed from an earlier outcome, with all that followed from them. What is done of it stays done, and
 * gives its key free: should the outcome be the old one again, it is to be done again.
 */
async function cancelUnwanted(
  tx: Sql,
  from: string,
  wanted: readonly Following[],
  acting: Acting,
): Promise<void> {
  for (const { id, kind, outcome } of await followedOf(tx, from)) {
    if (wanted.some((one) => one.kind === kind && deciding(one) === outcome)) continue
    await endUnwanted(tx, id, acting)
    await cancelUnwanted(tx, id, [], acting)
  }
}

/** The outcome that a following is about. The number and the day of the warning may be corrected without ending it. */
function deciding({ facts: { outcome = null } }: Following): unknown {
  return outcome
}

type Followed = { id: string; kind: Kind; outcome: string | null }

/** What followed from a locked obligation. */
function followedOf(tx: Sql, from: string): Promise<Followed[]> {
  return rows<Followed>(
    tx,
    `select id, kind, facts ->> 'outcome' as outcome from obligations where follows_from = $1 order by id`,
    [from],
  )
}

/**
 * Decided by the row as it is once it is locked, before anybody asks what followed from it: whoever accepts it meanwhile is waited
 * for, and what that began is seen.
 */
async function endUnwanted(tx: Sql, id: string, acting: Acting): Promise<void> {
  const locked = await lockActedOn(tx, id)
  if (!locked) return
  const at = obligationStateOf(locked)
  if (refusalInState(at, 'cancel', acting.now)) return freeKey(tx, locked)
  const action = { action: 'cancel', reason: NO_LONGER_WANTED } as const
  await writeAction(tx, locked, effectOf('cancel', at, acting.now), { ...acting, action })
}

async function freeKey(tx: Sql, { id, key }: ActedOnRow): Promise<void> {
  await tx.query('update obligations set key = $2 where id = $1', [id, keyInState({ id, key }, 'cancelled')])
}

import type { Instant } from '../../domain/time/days.ts'
import { OFFER_LAPSED } from '../../domain/obligation/event-labels.ts'
import { isClosed, type State } from '../../domain/obligation/vocabulary.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { events, handOvers, obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { CLOSED } from './closed-states.ts'
import { type ActedOnRow, lockActedOn } from './acted-on.ts'
import { heldByGiver, lapseOffer, moveTo, reviewerFor } from './hand-over.ts'
import { lastPerformed } from './moved-assignment.ts'
import { namesOf } from './pass-on.ts'
import { recordDecision } from './postpone.ts'
import type { By } from './suspend.ts'
import { PERFORMING } from './turn-clocks.ts'

/** All that an office has to perform goes to another one: towns are merged, or one gets another code. */
export type HandOn = { from: string; to: string }
export type HandedOn = { id: string; externalId: string | null; title: string; state: State; dueOn: string }
/** What would move. `items`: the first of them by due day. `offers`: to and from the office, that lapse. */
export type HandOnPlan = { count: number; late: number; paused: number; offers: number; items: HandedOn[] }

const OF_OFFICE = `o.office = $1 and o.state not in (${CLOSED})`
const OFFERS = `h.state = 'pending' and (h.from_office = $1 or h.to_office = $1)`

/** Lists what would move, and moves nothing. */
export async function planHandOn(
  sql: Sql,
  { from }: HandOn,
  now: Instant,
  shown: number,
): Promise<HandOnPlan> {
  const counted = await row<Omit<HandOnPlan, 'items'>>(
    sql,
    `select count(*)::int as count, count(*) filter (where o.stage in (${PERFORMING}) and o.holder_due_at <= $2)::int as late,
            count(*) filter (where o.stage = 'pause')::int as paused,
            (select count(*)::int from hand_overs h where ${OFFERS}) as offers
       from obligations o where ${OF_OFFICE}`,
    [from, new Date(now)],
  )
  const items = await rows<HandedOn>(
    sql,
    `select o.id, o.external_id as "externalId", o.title, o.state, o.due_on as "dueOn" from obligations o
      where ${OF_OFFICE} order by o.due_at, o.id limit $2`,
    [from, shown],
  )
  return { ...(counted ?? { count: 0, late: 0, paused: 0, offers: 0 }), items }
}

/**
 * Moves everything, in the caller's transaction. Each keeps its start and its due day, says in its history where it came from, and counts
 * what the old office had of it. What is reviewed or paused stays with whoever holds it.
 * @returns how many moved
 */
export async function handOn(tx: Sql, { from, to }: HandOn, by: By): Promise<number> {
  let moved = 0
  for (const id of await lockConcerned(tx, from)) {
    const locked = await lockActedOn(tx, id)
    if (!locked || isClosed(locked.state)) continue
    if (locked.office === from) {
      await handOnOne(tx, locked, to, by)
      moved += 1
    } else await lapseOfferTo(tx, locked, by)
  }
  return moved
}

/** What the office has, and what others offered to it, in the order in which everybody locks many. */
async function lockConcerned(tx: Sql, from: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select o.id from obligations o
      where (${OF_OFFICE}) or o.id in (select h.obligation from hand_overs h where h.state = 'pending' and h.to_office = $1)
      order by o.id for update of o`,
    [from],
  )
  return found.map(({ id }) => id)
}

/** What others had offered to the old office is theirs again, until they offer it anew. They hear of it. */
async function lapseOfferTo(tx: Sql, o: ActedOnRow, by: By): Promise<void> {
  const lapsed = await lapseOffer(tx, o.id, by)
  if (!lapsed) return
  const { actor, now } = by
  await updateRows(tx, obligations, ['id'], [{ id: o.id, version: o.version + 1 }])
  const detail = await namesOf(tx, lapsed.fromOffice, lapsed.toOffice)
  const of = { obligation: o.id, state: o.state }
  await insertRow(tx, events, { ...of, at: now, actor: actor.id, action: OFFER_LAPSED, detail })
  if (o.holderDueOn !== null) await recordDecision(tx, o, OFFER_LAPSED, { dueOn: o.holderDueOn }, { now })
}

async function handOnOne(tx: Sql, o: ActedOnRow, to: string, by: By): Promise<void> {
  const { actor, now } = by
  const { id: obligation, county, externalId, title, state, office: fromOffice } = o
  await lapseOffer(tx, obligation, by)
  const performed = await lastPerformed(tx, obligation)
  const heldDays = await heldByGiver(tx, o, performed, now)
  const performs = o.stage === 'perform' || o.stage === 'redo'
  const dueOn = performs ? (await moveTo(tx, o, to, { performed, now })).dueOn : o.holderDueOn
  const moved = { id: obligation, version: o.version + 1 }
  const elsewhere = performs ? {} : { office: to, reviewer: await reviewerFor(tx, o, to) }
  await updateRows(tx, obligations, ['id'], [{ ...moved, ...elsewhere }])
  await insertRow(tx, handOvers, {
    ...{ id: newId('ho'), county, obligation, externalId, title, fromOffice, toOffice: to },
    ...{
      state: 'accepted',
      offeredBy: actor.id,
      offeredAt: now,
      answeredBy: actor.id,
      answeredAt: now,
      heldDays,
    },
  })
  const detail = { ...(await namesOf(tx, fromOffice, to)), heldDays }
  await insertRow(tx, events, { obligation, at: now, actor: actor.id, action: 'hand-on', state, detail })
  if (performs && dueOn !== null) await recordDecision(tx, o, 'hand-on', { dueOn }, { now })
}

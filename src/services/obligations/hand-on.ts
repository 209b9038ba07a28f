import type { Instant } from '../../domain/time/days.ts'
import type { State } from '../../domain/obligation/vocabulary.ts'
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
export async function handOn(
  tx: Sql,
  { from, to }: HandOn,
  by: { actor: { id: string }; now: Instant },
): Promise<number> {
  const found = await rows<{ id: string }>(
    tx,
    `select o.id from obligations o where ${OF_OFFICE} order by o.id for update`,
    [from],
  )
  for (const { id } of found) {
    const locked = await lockActedOn(tx, id)
    if (locked) await handOnOne(tx, locked, to, by)
  }
  // What others had offered to the old office is theirs again, until they offer it anew.
  const offered = await rows<{ id: string }>(
    tx,
    `select h.obligation as id from hand_overs h where h.state = 'pending' and h.to_office = $1 order by 1`,
    [from],
  )
  for (const { id } of offered) await lapseOffer(tx, id, by)
  return found.length
}

async function handOnOne(
  tx: Sql,
  o: ActedOnRow,
  to: string,
  by: { actor: { id: string }; now: Instant },
): Promise<void> {
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

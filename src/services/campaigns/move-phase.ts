import { ruleByCode } from '../../domain/escalation/policy.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { dueOnFixedDay } from '../../domain/time/limits.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { decisions, events, obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import type { Kind, Level } from '../../domain/obligation/vocabulary.ts'
import { endAssignments, openAssignments } from '../obligations/assignments.ts'
import { CLOSED } from '../obligations/closed-states.ts'
import { policyById } from '../schedule/policies.ts'
import { poke } from '../watching/pokes.ts'
import type { Campaign } from './store.ts'
import type { PhaseRow } from './phases.ts'

/** An obligation of a phase whose day moves with it; `stays`: why it keeps its own. */
export type PhaseMove = {
  id: string
  title: string
  office: string
  officeName: string
  dueOn: Day
  stays: 'handed-in' | 'postponed' | null
}
type Held = {
  id: string
  kind: Kind
  level: Level | null
  office: string
  person: string | null
  startOn: Day
  policy: string
  rule: string
  state: 'open'
  version: number
}

/**
 * What moves when a phase is due on another day: the work of its template that has no day of its own, where the town has it in hand
 * for the first time. What was handed in, or has a pause or an extension, keeps its day.
 */
export function movesOf(sql: Sql, campaign: Campaign, phase: PhaseRow): Promise<PhaseMove[]> {
  const codes = phase.items.filter(({ due }) => due === undefined).map(({ code }) => code)
  return rows(
    sql,
    `select o.id, o.title, o.office, f.name as "officeName", o.due_on as "dueOn",
            case when o.state <> 'open' then 'handed-in'
                 when exists (select from pauses p where p.obligation = o.id)
                   or exists (select from extensions x where x.obligation = o.id) then 'postponed' end as stays
       from obligations o join offices f on f.code = o.office
      where o.campaign = $1 and o.phase = $2 and o.state not in (${CLOSED}) and o.due_on = $3
        and o.key ^@ ($1 || '|') and split_part(o.key, '|', 2) = any($4)
      order by o.office, o.id`,
    [campaign.id, phase.code, phase.dueOn, codes],
  )
}

export type MoveOrder = { campaign: Campaign; phase: PhaseRow; dueOn: Day; actor: string; now: Instant }

/** Moves the day of a phase and of what goes with it. Whoever performs hears of it with the next morning's round. */
export async function movePhase(tx: Sql, order: MoveOrder): Promise<PhaseMove[]> {
  const { campaign, phase, dueOn } = order
  await lockObligations(tx, campaign, phase)
  const moves = await movesOf(tx, campaign, phase)
  await tx.query(
    `update phases set due_on = $3, planned_due_on = coalesce(planned_due_on, original_due_on, due_on)
      where campaign = $1 and code = $2`,
    [campaign.id, phase.code, dueOn],
  )
  await tx.query('update campaigns set version = version + 1 where id = $1', [campaign.id])
  await moveAll(
    tx,
    order,
    moves.filter(({ stays }) => stays === null).map(({ id }) => id),
  )
  await poke(tx, 'timeline', [campaign.id])
  return moves
}

/** In the order of their ids, like whoever acts on many. */
async function lockObligations(tx: Sql, campaign: Campaign, phase: PhaseRow): Promise<void> {
  await tx.query('select from obligations where campaign = $1 and phase = $2 order by id for no key update', [
    campaign.id,
    phase.code,
  ])
}

async function moveAll(
  tx: Sql,
  { campaign, dueOn, actor, now }: MoveOrder,
  ids: readonly string[],
): Promise<void> {
  const held = await heldBy(tx, ids)
  const limit = dueOnFixedDay(dueOn)
  await endAssignments(tx, ids, now)
  for (const policyId of new Set(held.map(({ policy }) => policy))) {
    const policy = await policyById(tx, policyId)
    const theirs = held.filter((o) => o.policy === policyId)
    const assignments = theirs.map(({ id: obligation, kind, level, office, person, startOn, rule }) => ({
      ...{ obligation, kind, level, office, person, startOn, limit },
      ...{ stage: 'perform' as const, workingDays: null, rule: ruleByCode(policy, rule) },
    }))
    await openAssignments(tx, { county: campaign.county, policy, now, silent: true }, assignments)
  }
  const { dueAt, provisional } = limit
  await updateRows(
    tx,
    obligations,
    ['id'],
    held.map(({ id, version }) => ({ id, dueAt, dueOn, provisional, version: version + 1 })),
  )
  const moved = held.map(({ id: obligation, state }) => ({ obligation, state, detail: { dueOn } }))
  await insertRows(tx, events, moved, { constant: { at: now, actor, action: PHASE_MOVED } })
  const told = held.map(({ id: obligation }) => ({ obligation, dueOn }))
  await insertRows(tx, decisions, told, {
    constant: { county: campaign.county, action: PHASE_MOVED, at: now },
  })
  await poke(tx, 'courier', [campaign.county])
}

const PHASE_MOVED = 'phase-moved' as const

function heldBy(tx: Sql, ids: readonly string[]): Promise<Held[]> {
  return rows(
    tx,
    `select o.id, o.kind, o.level, o.state, o.version, a.office, a.person, a.start_on as "startOn", d.policy, d.rule
       from obligations o join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = 'perform'
       join deadlines d on d.id = a.deadline
      where o.id = any($1) order by o.id`,
    [ids],
  )
}

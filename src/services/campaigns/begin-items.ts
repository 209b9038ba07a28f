import type { TemplateItem } from '../../domain/obligation/campaign-template.ts'
import { BEGIN_CHOICE_LABELS, type BeginChoice } from '../../domain/obligation/begin-phase.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { events } from '../../db/schema/index.ts'
import { registerDone, type FixedDayRegistration } from '../obligations/register-done.ts'
import { registerObligations } from '../obligations/register.ts'
import type { PhaseRow } from './phases.ts'

/** What a phase registers, and how it begins; `begunAs` null where nothing was to be decided. */
export type PhaseItemPlan = {
  item: TemplateItem
  registration: FixedDayRegistration
  begunAs: BeginChoice | null
  originalDueOn: Day | null
}
export type BeginOrder = { county: string; campaign: string; actor: string; now: Instant }

/**
 * Registers items of a phase that was past at the launch, each as was decided for it. What lay before the start is not sent.
 */
export async function registerBegun(
  tx: Sql,
  order: BeginOrder,
  phase: PhaseRow,
  plans: readonly PhaseItemPlan[],
): Promise<number> {
  let count = 0
  for (const choice of codesOf(BEGIN_CHOICE_LABELS)) {
    const chosen = plans.filter(({ begunAs }) => begunAs === choice)
    if (chosen.length === 0) continue
    count += await REGISTER[choice](
      tx,
      order,
      chosen.map(({ registration }) => registration),
    )
    await recordBeginning(tx, order, phase, choice, chosen)
  }
  return count
}

type Register = (
  tx: Sql,
  order: BeginOrder,
  registrations: readonly FixedDayRegistration[],
) => Promise<number>

const REGISTER: Record<BeginChoice, Register> = {
  'done-before': async (tx, order, registrations) => (await registerDone(tx, order, registrations)).length,
  // Whoever takes work over is told that it is theirs; the start speaks for reminders whose time is over already.
  'taken-over': registerTold,
  late: registerTold,
}

/** Told of once, with the next morning's round like whatever begins. Its deadlines keep the start of the year here. */
async function registerTold(
  tx: Sql,
  order: BeginOrder,
  registrations: readonly FixedDayRegistration[],
): Promise<number> {
  const count = await registerObligations(tx, order, registrations)
  await tx.query(
    `update deadlines d set silent_until = $2 from assignments a where a.deadline = d.id and a.obligation = any($1)`,
    [registrations.map(({ id }) => id), ts(order.now)],
  )
  return count
}

/** The history of each says how it began, on whose word, and which day the plan had fixed. */
async function recordBeginning(
  tx: Sql,
  { actor, now }: BeginOrder,
  phase: PhaseRow,
  choice: BeginChoice,
  plans: readonly PhaseItemPlan[],
): Promise<void> {
  const ids = plans.map(({ registration }) => registration.id)
  const registered = await rows<{ id: string }>(tx, 'select id from obligations where id = any($1)', [ids])
  const known = new Set(registered.map(({ id }) => id))
  const entries = plans
    .filter(({ registration }) => known.has(registration.id))
    .map(({ registration, originalDueOn }) => ({
      obligation: registration.id,
      detail: {
        ...(phase.begunWordOf !== null && { wordOf: phase.begunWordOf }),
        ...(originalDueOn !== null && { originalDueOn }),
      },
    }))
  const state = choice === 'done-before' ? 'accepted' : 'open'
  await insertRows(tx, events, entries, {
    constant: { at: now, actor: phase.begunBy ?? actor, action: `begun-${choice}`, state },
  })
}

import { type LaunchChoices, type Misfit, misfits } from '../../domain/obligation/begin-phase.ts'
import type { MovedDay } from '../../domain/obligation/next-year.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { poke } from '../watching/pokes.ts'
import { type CampaignStart, plannedPhases, startCampaign } from './store.ts'

/** `moved`: days that the calendar of the year moved, where the plan is that of another year. */
export type Launch = CampaignStart & { beginning: LaunchChoices; moved?: readonly MovedDay[] }

/** Thrown when choices about phases cannot be taken; each misfit says which, and why. */
export class BadBeginning extends Error {
  override readonly name = 'BadBeginning'
  readonly misfits: readonly Misfit[]

  constructor(found: readonly Misfit[]) {
    super(found.map(({ message }) => message).join(';'))
    this.misfits = found
  }
}

/** @throws BadBeginning naming every choice that cannot be taken */
export function mustBegin({ year, template, beginning }: Launch, now: Instant): void {
  const phases = template.phases.map(({ code, due }) => ({ code, dueOn: `${year}-${due}` }))
  const found = misfits(phases, beginning.choices, dayOf(now))
  if (found.length > 0) throw new BadBeginning(found)
}

/** What the trail keeps of a launch: how each past phase begins, and on whose word. */
export function launchDetail(launch: Launch, now: Instant): Record<string, unknown> {
  const begun = plannedPhases(launch, now).filter(({ begunAs }) => begunAs !== null)
  return {
    year: launch.year,
    ...(launch.moved && launch.moved.length > 0 && { moved: launch.moved }),
    ...(begun.length > 0 && {
      begun: begun.map(({ code: phase, begunAs: as, begunWordOf: wordOf, dueOn, originalDueOn }) => ({
        ...{ phase, as, ...(wordOf !== null && { wordOf }) },
        ...(originalDueOn !== null && { dueOn, originalDueOn }),
      })),
    }),
  }
}

/**
 * Launches a county's year, in its middle if need be, and wakes its courier.
 * @throws BadBeginning, or a unique violation when the year exists already
 */
export async function launchCampaign(tx: Sql, launch: Launch, now: Instant): Promise<string> {
  mustBegin(launch, now)
  const id = await startCampaign(tx, launch, now)
  await poke(tx, 'courier', [launch.county])
  return id
}

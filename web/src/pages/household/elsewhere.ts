import { isUnder } from '../../../../src/domain/people/permissions.ts'
import type { Household } from './use-household.ts'

/**
 * Names of the offices its warnings lie in that are not the town on the roster: somebody moved, or a row was registered in the wrong
 * town. A village of that town is no other town, and a warning that was cancelled says nothing.
 */
export function townsElsewhere({ roster, items }: Pick<Household, 'roster' | 'items'>): string[] {
  if (roster === null) return []
  const town = roster.office.code
  const others = items.filter(
    ({ kind, state, office }) => kind === 'warning' && state !== 'cancelled' && !isUnder(office.code, town),
  )
  return [...new Set(others.map(({ office }) => office.name))]
}

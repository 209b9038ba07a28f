import { ACTIONS } from '../../domain/obligation/actions.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'

/** What people do, as a list of SQL. A correction by a file is none of it. */
export const PEOPLES_ACTIONS = codesOf(ACTIONS)
  .map((action) => `'${action}'`)
  .join(',')

/** Whether somebody has acted on a row of `obligations`, known under an alias. The version rises by corrections too. */
export function actedOn(obligation: string): string {
  return `(${obligation}.acknowledged_at is not null
    or exists (select from events e where e.obligation = ${obligation}.id and e.action in (${PEOPLES_ACTIONS})))`
}

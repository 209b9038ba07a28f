import { ACTIONS } from '../../domain/obligation/actions.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'

/** What people do, as a list of SQL. A correction by a file is none of it. */
export const PEOPLES_ACTIONS = codesOf(ACTIONS)
  .map((action) => `'${action}'`)
  .join(',')

/** Of an event `e`: somebody did it. What an import cancels as withdrawn, and restores as it is taken back, is nobody's work. */
export const BY_SOMEBODY = `(e.action in (${PEOPLES_ACTIONS}) and e.detail ->> 'import' is null)`

/**
 * Whether somebody has acted on a row of `obligations`, known under an alias. The version rises by corrections too. Evidence that was
 * uploaded is work, though the history has no line for it.
 */
export function actedOn(obligation: string): string {
  return `(${obligation}.acknowledged_at is not null
    or exists (select from attachments f where f.obligation = ${obligation}.id)
    or exists (select from events e where e.obligation = ${obligation}.id and ${BY_SOMEBODY}))`
}

/**
 * The office that the file of an obligation names, as SQL: where offices handed it on among themselves since, the first that gave it away.
 * The same file with the same wrong town says nothing new.
 */
export function filedOffice(obligation: string): string {
  return `coalesce((select h.from_office from hand_overs h where h.obligation = ${obligation}.id
    and h.state = 'accepted' and h.in_force order by h.answered_at, h.id limit 1), ${obligation}.office)`
}

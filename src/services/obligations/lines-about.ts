/**
 * The lines that tell of an obligation, as a derived table: those of the deadlines it stood behind, and of one that a recount took it
 * from, those that were owed before.
 * @param obligation its id in the statement, a column or a placeholder
 */
export function linesAbout(obligation: string): string {
  return `(select n.* from assignments h join notifications n on n.deadline = h.deadline where h.obligation = ${obligation}
    union all select n.* from recounts r join notifications n on n.deadline = r.deadline and n.created_at <= r.at
               where r.obligation = ${obligation})`
}

import { FIELDS, NEEDED } from '../../../../src/ledgers/columns.ts'

/** What somebody has chosen for each column: the code of a field, or '' for a column that is not used. */
export type Chosen = Readonly<Record<string, string>>
export type Column = { name: string; field: string | null }

export function firstChoice(columns: readonly Column[]): Record<string, string> {
  return Object.fromEntries(columns.map(({ name, field }) => [name, field ?? '']))
}

/** What a file of withdrawn numbers is read for. */
export const NUMBER_FIELDS: readonly string[] = ['externalId']
const MAY_LACK: readonly string[] = FIELDS.filter((field) => !NEEDED.includes(field))

/**
 * Fields that no column fills yet: those that must be there first.
 * @param mayLack what the county lets a file lack; left out, what any warning can lack
 */
export function openFields(
  chosen: Chosen,
  mayLack: readonly string[] = MAY_LACK,
  fields: readonly string[] = FIELDS,
): { needed: string[]; optional: string[] } {
  const taken = new Set(Object.values(chosen))
  const open = fields.filter((field) => !taken.has(field))
  return {
    needed: open.filter((field) => !mayLack.includes(field)),
    optional: open.filter((field) => mayLack.includes(field)),
  }
}

export function unusedColumns(chosen: Chosen): string[] {
  return Object.keys(chosen).filter((name) => chosen[name] === '')
}

/** Fields that two columns claim, with those columns. */
export function doubled(chosen: Chosen): { field: string; columns: string[] }[] {
  return FIELDS.map((field) => ({
    field,
    columns: Object.keys(chosen).filter((name) => chosen[name] === field),
  })).filter(({ columns }) => columns.length > 1)
}

/** The answer as the API takes it. */
export function columnsSaid(chosen: Chosen): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(chosen).map(([name, field]) => [name, field === '' ? null : field]),
  )
}

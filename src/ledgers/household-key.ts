import type { PersonCells } from './person-cells.ts'

/** A household as a list names it. Within one town nothing is said of the office. */
export type NamedHousehold = { office?: string; person: Pick<PersonCells, 'idNo' | 'village' | 'name'> }

/** What a household is known by in a list: its number, or its town, village and name. */
export function householdKey(of: NamedHousehold): string {
  return of.person.idNo === '' ? placeKey(of) : of.person.idNo
}

function placeKey({ office = '', person: { village, name } }: NamedHousehold): string {
  return JSON.stringify([office, village, name])
}

/**
 * Which known household each row is, if any; no household is two rows. It is found by its key. Where one of both has no number, it
 * is found by town, village and name, when nothing else there has the same: a number is often completed later.
 */
export function matchHouseholds<Known extends NamedHousehold>(
  known: readonly Known[],
  rows: readonly NamedHousehold[],
): (Known | undefined)[] {
  const byKey = new Map(known.map((of) => [householdKey(of), of]))
  const exact = rows.map((row) => byKey.get(householdKey(row)))
  const taken = new Set(exact)
  const alike = byPlace(known)
  const left = byPlace(rows.filter((_row, i) => exact[i] === undefined))
  return rows.map((row, i) => {
    if (exact[i] !== undefined) return exact[i]
    const isNumbered = row.person.idNo !== ''
    const found = onlyOne(alike.get(numberedPlace(row, !isNumbered)))
    const isClear = found && !taken.has(found) && onlyOne(left.get(numberedPlace(row, isNumbered)))
    return isClear && row.person.village !== '' ? found : undefined
  })
}

/** Those with a number apart from those without one. */
function byPlace<T extends NamedHousehold>(list: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const of of list) {
    const key = numberedPlace(of, of.person.idNo !== '')
    const group = groups.get(key)
    if (group) group.push(of)
    else groups.set(key, [of])
  }
  return groups
}

function numberedPlace(of: NamedHousehold, isNumbered: boolean): string {
  return `${isNumbered}|${placeKey(of)}`
}

function onlyOne<T>(group: readonly T[] = []): T | undefined {
  return group.length === 1 ? group[0] : undefined
}

/** What a row says over what is known. A column that the file lacks takes nothing away, and no row takes a number away. */
export function keepUnsaid<T extends { idNo: string }>(known: T, said: T, absent: readonly string[] = []): T {
  const isUnsaid = (field: string) => absent.includes(field) || (field === 'idNo' && said.idNo === '')
  const kept = Object.entries(known).filter(([field]) => isUnsaid(field))
  return { ...said, ...Object.fromEntries(kept) }
}

/** What is written of a household that was found, as its draft keeps it; `office` is where it lives. */
export type Found = {
  office: string
  level: string
  cause: string
  group: string
  name: string
  idNo: string
  phone: string
  village: string
  detail: string
}

export const NOTHING: Found = {
  ...{ office: '', level: '', cause: '', group: '' },
  ...{ name: '', idNo: '', phone: '', village: '', detail: '' },
}

/** A draft of an older app may lack a field. */
export const foundIn = (fields: Readonly<Record<string, string>>): Found => ({ ...NOTHING, ...fields })

const HOUSEHOLD = ['name', 'idNo', 'phone', 'village', 'detail'] as const
const ALIKE = ['name', 'idNo', 'phone', 'village'] as const

/** The fields of the form that show a fault, by where each stands in the body. */
export const SHOWN_AT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['office', 'level', 'cause', 'group'].map((name) => [name, name])),
  ...Object.fromEntries(HOUSEHOLD.map((name) => [`person.${name}`, name])),
}

function filled<K extends keyof Found>(found: Found, fields: readonly K[]): Partial<Record<K, string>> {
  const given = fields.filter((field) => found[field].trim() !== '')
  return Object.fromEntries(given.map((field) => [field, found[field].trim()])) as Partial<Record<K, string>>
}

/** What twins are looked for by. */
export function twinsBody(found: Found) {
  return { office: found.office, person: { ...filled(found, ALIKE), name: found.name.trim() } }
}

/** The body of the registration. @param twins those that were shown before */
export function discoveryBody(found: Found, kind: string, twins: readonly string[]): Record<string, unknown> {
  return {
    ...{ kind, office: found.office, level: found.level, source: 'discovery' },
    ...filled(found, ['cause', 'group']),
    person: filled(found, HOUSEHOLD),
    ...(twins.length > 0 && { twins }),
  }
}

import type { operations } from '../../../generated/api.d.ts'
import type { RosterPage } from './use-roster.ts'

export type RosterHousehold = RosterPage['items'][number]
export type NewHousehold = operations['addToRoster']['requestBody']['content']['application/json']
export type ChangedHousehold = operations['changeOnRoster']['requestBody']['content']['application/json']

const PERSON = ['name', 'idNo', 'phone', 'village', 'detail'] as const
export type PersonField = (typeof PERSON)[number]
export type HouseholdField = 'office' | 'group' | 'cover' | 'coveredSince' | PersonField
export type WrittenHousehold = Record<HouseholdField, string>

/** Which field shows what was refused, by its path in the body. */
export const SHOWN_AT: Readonly<Record<string, HouseholdField>> = {
  ...{ office: 'office', group: 'group', cover: 'cover', coveredSince: 'coveredSince' },
  ...Object.fromEntries(PERSON.map((name) => [`person.${name}`, name])),
}

/** A form for a household: what stands on the roster but its person, of whom the page knows nothing but the mask. */
export function formOf(household: RosterHousehold | null): WrittenHousehold {
  return {
    ...{ office: household?.office.code ?? '', group: household?.group ?? '' },
    ...{ cover: household?.cover ?? '', coveredSince: household?.coveredSince ?? '' },
    ...{ name: '', idNo: '', phone: '', village: '', detail: '' },
  }
}

const personIn = (written: WrittenHousehold) =>
  Object.fromEntries(PERSON.flatMap((name) => (written[name].trim() ? [[name, written[name]]] : [])))

/** Nobody who is not covered is covered since some day. */
export const since = ({ cover, coveredSince }: WrittenHousehold) =>
  cover === 'none' || coveredSince === '' ? null : coveredSince

export function newBody(written: WrittenHousehold): NewHousehold {
  const { office, group, cover } = written
  return {
    ...{ office, group, cover, coveredSince: since(written) },
    person: personIn(written),
  } as NewHousehold
}

/** What is left empty of the person stays as it is. */
export function changedBody(written: WrittenHousehold): ChangedHousehold {
  const { group, cover } = written
  const person = personIn(written)
  return {
    ...{ group, cover, coveredSince: since(written) },
    ...(Object.keys(person).length > 0 && { person }),
  } as ChangedHousehold
}

import type { formOf } from '../../contract/api/action-fields.ts'
import type { Sql } from '../../db/pool.ts'
import type { ActedOnRow } from '../../services/obligations/acted-on.ts'
import { colleaguesIn } from '../../services/obligations/assign.ts'
import { allOffices } from '../../services/people/offices.ts'
import { mayTakeOver } from '../../domain/obligation/hand-over.ts'
import type { ReferenceData } from './reference-data.ts'

type Fields = ReturnType<typeof formOf>
/** What a field can be, where that depends on the obligation: each code with the word people read. */
export type Choices = Partial<Record<Fields[number]['name'], readonly (readonly [string, string])[]>>

/** The offices that could take an obligation over, and the people of the office that has it. */
export async function choicesFor(
  sql: Sql,
  { county, office: performer, holderOffice }: ActedOnRow,
  { names, now }: ReferenceData,
): Promise<Choices> {
  const offices = (await allOffices(sql)).filter((office) => mayTakeOver(office, { county, performer }))
  const colleagues = await colleaguesIn(sql, holderOffice ?? performer, now)
  const contacted = holderOffice === performer ? colleagues : await colleaguesIn(sql, performer, now)
  return {
    toOffice: offices.map(({ code, name }) => [code, name] as const),
    person: colleagues.map((id) => [id, names.person(id)] as const),
    contacted: contacted.map((id) => [id, names.person(id)] as const),
  }
}

/** Such a field as a choice, written as every coded field is: a form needs to know nothing of it. */
export function withChoices(fields: Fields, choices: Choices): Fields {
  return fields.map((field) => {
    const choice = choices[field.name]
    if (choice === undefined || choice.length === 0) return field
    const words = choice.map(([code, word]) => `${code} ${word}`).join('、')
    const codes = choice.map(([code]) => code)
    return { ...field, schema: { ...field.schema, enum: codes, description: words } }
  })
}

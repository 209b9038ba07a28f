import type { ExportColumn } from '../../contract/api/export.ts'
import type { ObligationQuestion } from './read.ts'

type Asked = Omit<ObligationQuestion, 'cursor' | 'limit' | 'sort'>

/** What is typed freely may hold a name or an identity number. */
const TYPED: ReadonlySet<string> = new Set(['q', 'externalId'])
/** Ids that nobody has checked. */
const IDS: ReadonlySet<string> = new Set(['person', 'mail'])
const ID = /^[a-z]{2}_[\w-]{1,60}$/

/** What the trail keeps of an export: how much was taken and of what. Of what is free text it has the filter's name alone. */
export function exportDetail(rows: number, columns: readonly ExportColumn[], asked: Asked) {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined)
  const coded = given.filter(([name, value]) => isCoded(name, value))
  const withheld = given.filter(([name, value]) => !isCoded(name, value)).map(([name]) => name)
  const filters = Object.fromEntries(coded)
  return { rows, columns, filters, ...(withheld.length > 0 && { withheld }) }
}

function isCoded(name: string, value: unknown): boolean {
  return !TYPED.has(name) && (!IDS.has(name) || ID.test(String(value)))
}

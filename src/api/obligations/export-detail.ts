import type { ExportColumn } from '../../contract/api/export.ts'
import type { ObligationQuestion } from './read.ts'

type Asked = Omit<ObligationQuestion, 'cursor' | 'limit' | 'sort'>

/** What is typed freely may hold a name or an identity number. */
const TYPED: ReadonlySet<string> = new Set(['q', 'externalId', 'counted'])
/** Ids that nobody has checked. */
const IDS: ReadonlySet<string> = new Set(['person', 'mail', 'import'])
const ID = /^[a-z]{2}_[\w-]{1,60}$/

/** What the trail keeps of an export: how much was taken and of what. Of what is free text it has the filter's name alone. */
export function exportDetail(rows: number, columns: readonly ExportColumn[], asked: Asked) {
  const filters = codedFilters(asked)
  const withheld = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined || name in filters ? [] : name,
  )
  return { rows, columns, filters, ...(withheld.length > 0 && { withheld }) }
}

/** What may be kept of what somebody asked for: what was typed may name a household. */
export function codedFilters(asked: object): Record<string, unknown> {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.filter(([name, value]) => isCoded(name, value)))
}

function isCoded(name: string, value: unknown): boolean {
  return !TYPED.has(name) && (!IDS.has(name) || ID.test(String(value)))
}

import { kindsBelow } from '../../../../src/domain/people/office-tree.ts'
import type { Office } from '../../session/use-offices.ts'

type OfficeKind = Office['kind']

/** How the last part of a code begins that nobody thought of. */
const LETTERS: Partial<Record<OfficeKind, string>> = { 'county-centre': 'c', town: 't', village: 'v' }

/** Those below which another office may stand. */
export function officesAbove(offices: readonly Office[]): Office[] {
  return offices.filter(({ kind }) => kindsBelow(kind).length > 0)
}

/** What may stand below an office; nothing before one is chosen. */
export function kindsUnder(parent: Office | undefined): OfficeKind[] {
  return parent ? kindsBelow(parent.kind) : []
}

/** The last part of a code that is still free below an office: `t07`. */
export function freeShortCode(
  offices: readonly Pick<Office, 'code'>[],
  parent: string,
  kind: OfficeKind,
): string {
  const taken = new Set(offices.map(({ code }) => code))
  const letter = LETTERS[kind] ?? 'o'
  for (let n = 1; ; n++) {
    const part = letter + String(n).padStart(2, '0')
    if (!taken.has(`${parent}.${part}`)) return part
  }
}

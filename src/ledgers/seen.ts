import type { WarningRow } from './warning-row.ts'

/** What a file had of a row's number before, and in which row. */
export type Sighting = { is: 'new' } | { is: 'duplicate' | 'repeated'; first: number }

const NEW: Sighting = { is: 'new' }

/** Remembers the good rows of one file by external id, some 120 bytes each. A number is the same in capitals. */
export function fileLedger(): (row: WarningRow) => Sighting {
  const seen = new Map<string, number>()
  const prints: number[] = []
  const rows: number[] = []
  return (row) => {
    const print = fingerprint(contentOf(row))
    const number = row.externalId.toUpperCase()
    const at = seen.get(number)
    if (at !== undefined) return { is: prints[at] === print ? 'duplicate' : 'repeated', first: rows[at] ?? 0 }
    seen.set(ownCopy(number), prints.length)
    prints.push(print)
    rows.push(row.row)
    return NEW
  }
}

/** A cell is a part of the text it was read from, and would keep all of that in memory. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString()
}

/** All that a row says, except its row number. */
function contentOf({ issuedAt, level, cause, group, source, officeCode, person }: WarningRow): string {
  const { name, idNo, phone, village, detail } = person
  return `${issuedAt}\n${level}\n${cause}\n${group}\n${source}\n${officeCode}\n${name}\n${idNo}\n${phone}\n${village}\n${detail}`
}

/** 53 bits (cyrb53) that tell two versions of a row apart. This is not a security measure. */
function fingerprint(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    a = Math.imul(a ^ c, 2654435761)
    b = Math.imul(b ^ c, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

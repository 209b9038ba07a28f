import type { WarningRow } from './warning-row.ts'

export type Sighting = 'new' | 'duplicate' | 'changed'

/** Remembers the good rows of one file by external id, some 100 bytes each. */
export function fileLedger(): (row: WarningRow) => Sighting {
  const seen = new Map<string, number>()
  return (row) => {
    const print = fingerprint(contentOf(row))
    const before = seen.get(row.externalId)
    if (before === undefined) seen.set(ownCopy(row.externalId), print)
    return before === undefined ? 'new' : before === print ? 'duplicate' : 'changed'
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

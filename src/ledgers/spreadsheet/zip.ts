import { refused } from '../refusals.ts'
import { LIMITS } from './limits.ts'

/** One part of a workbook, as the directory at the end of the zip declares it. */
export type ZipEntry = { name: string; method: number; packed: number; size: number; at: number; sum: number }

const END = 0x06054b50
const END_BYTES = 22
const MOST_COMMENT = 65_535
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL = 0x04034b50
const LOCAL_BYTES = 30
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 1
const NOT_IN_32_BITS = 0xffffffff
const EXTRA_64 = 1

/**
 * Reads the directory of a zip by its names, in lower case, and inflates nothing. @throws FileRefused for a
 * damaged one, and for one that would inflate beyond the limits
 */
export function readDirectory(zip: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  const { count, start } = endOf(zip)
  if (count > LIMITS.entries) throw refused('workbook-too-big')
  for (let i = 0, at = start; i < count; i++) {
    if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== ENTRY) throw refused('workbook-damaged')
    const entry = entryAt(zip, at)
    // Two parts of one name are read differently by different programs.
    if (entries.has(entry.name)) throw refused('workbook-damaged')
    entries.set(entry.name, entry)
    at += ENTRY_BYTES + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  expectModest([...entries.values()])
  return entries
}

function endOf(zip: Buffer): { count: number; start: number } {
  const lowest = Math.max(0, zip.length - END_BYTES - MOST_COMMENT)
  for (let at = zip.length - END_BYTES; at >= lowest; at--)
    if (zip.readUInt32LE(at) === END)
      return { count: zip.readUInt16LE(at + 10), start: zip.readUInt32LE(at + 16) }
  throw refused('workbook-damaged')
}

function entryAt(zip: Buffer, at: number): ZipEntry {
  const [flags, method] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10)]
  if (flags & ENCRYPTED) throw refused('password')
  const nameEnd = at + ENTRY_BYTES + zip.readUInt16LE(at + 28)
  const name = zip.toString('utf8', at + ENTRY_BYTES, nameEnd)
  const sizes = [zip.readUInt32LE(at + 24), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)]
  const extra = zip.subarray(nameEnd, nameEnd + zip.readUInt16LE(at + 30))
  const [size = 0, packed = 0, start = 0] = sizes.includes(NOT_IN_32_BITS) ? wideSizes(sizes, extra) : sizes
  return {
    name: name.replaceAll('\\', '/').toLowerCase(),
    method,
    packed,
    size,
    at: start,
    sum: zip.readUInt32LE(at + 16),
  }
}

/** Programs that write while they count say every size in 64 bits, in a field behind the name. */
function wideSizes(sizes: number[], extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== EXTRA_64) continue
    let next = at + 4
    return sizes.map((size) => {
      if (size !== NOT_IN_32_BITS) return size
      if ((next += 8) > extra.length) throw refused('workbook-damaged')
      return Number(extra.readBigUInt64LE(next - 8))
    })
  }
  throw refused('workbook-damaged')
}

function expectModest(entries: ZipEntry[]): void {
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  const tight = ({ size, packed }: ZipEntry) => size > LIMITS.ratioCountsFrom && size > packed * LIMITS.ratio
  const big = ({ size }: ZipEntry) => size > LIMITS.partBytes
  if (total > LIMITS.totalBytes || entries.some(big) || entries.some(tight)) throw refused('workbook-too-big')
}

/** The bytes of a part as they are packed. @throws FileRefused where the directory points to no such part */
export function packedBytes(zip: Buffer, { at, packed, method }: ZipEntry): Buffer {
  if (at + LOCAL_BYTES > zip.length || zip.readUInt32LE(at) !== LOCAL) throw refused('workbook-damaged')
  if (method !== STORED && method !== DEFLATED) throw refused('workbook-damaged')
  const start = at + LOCAL_BYTES + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
  if (start + packed > zip.length) throw refused('workbook-damaged')
  return zip.subarray(start, start + packed)
}

export const isStored = ({ method }: ZipEntry) => method === STORED

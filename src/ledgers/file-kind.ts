import { refused } from './refusals.ts'

/** How many leading bytes `kindOf` needs. */
export const HEAD_BYTES = 512

/** How a file is read: as text, as a workbook (a zip, or an older one), or as a page with a table in it. */
export type FileKind = 'text' | 'zip' | 'old' | 'page'

const bytes = (...bytes: number[]) => Buffer.from(bytes)
const PICTURE = '一张图片'
const PACKED = '压缩文件'
const ARCHIVE = '存成一个文件的网页(.mht,有时改名为 .xls)'

const REFUSED: { magic: Buffer; what: string }[] = [
  { magic: bytes(0x89, 0x50, 0x4e, 0x47), what: PICTURE },
  { magic: bytes(0xff, 0xd8, 0xff), what: PICTURE },
  { magic: Buffer.from('GIF8'), what: PICTURE },
  { magic: Buffer.from('RIFF'), what: '一张图片或一段音视频' },
  { magic: bytes(0x49, 0x49, 0x2a, 0x00), what: PICTURE },
  { magic: bytes(0x4d, 0x4d, 0x00, 0x2a), what: PICTURE },
  { magic: Buffer.from('%PDF'), what: 'PDF 文件' },
  { magic: Buffer.from('{\\rtf'), what: 'RTF 文档' },
  { magic: Buffer.from('Rar!'), what: PACKED },
  { magic: bytes(0x37, 0x7a, 0xbc, 0xaf), what: PACKED },
  { magic: bytes(0x1f, 0x8b), what: PACKED },
  { magic: Buffer.from('BZh'), what: PACKED },
  { magic: bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00), what: PACKED },
  { magic: bytes(0x28, 0xb5, 0x2f, 0xfd), what: PACKED },
  // An empty zip, and one in several parts.
  { magic: bytes(0x50, 0x4b, 0x05, 0x06), what: PACKED },
  { magic: bytes(0x50, 0x4b, 0x07, 0x08), what: PACKED },
]
const READ: { magic: Buffer; kind: FileKind }[] = [
  { magic: bytes(0x50, 0x4b, 0x03, 0x04), kind: 'zip' },
  { magic: bytes(0xd0, 0xcf, 0x11, 0xe0), kind: 'old' },
]
const BOM_16 = { le: bytes(0xff, 0xfe), be: bytes(0xfe, 0xff) }
/** Many platforms call a web page “.xls”. */
const PAGE = /^[\s\uFEFF]*<(!|\?xml|[a-z]+[\s>:])/i

/** What a file is, by its first bytes and never by its name. @throws FileRefused for what is no table */
export function kindOf(head: Buffer): FileKind {
  const begins = ({ magic }: { magic: Buffer }) => head.subarray(0, magic.length).equals(magic)
  const other = REFUSED.find(begins)
  if (other) throw refused('not-a-table', other.what)
  const read = READ.find(begins)?.kind
  if (read !== undefined) return read
  const text = textOf(head)
  if (isArchive(text)) throw refused('spreadsheet', ARCHIVE)
  return PAGE.test(text) ? 'page' : 'text'
}

type Utf16 = 'utf-16le' | 'utf-16be'

/** The encoding that two bytes at the beginning declare; null for none. */
export function markedUtf16Of(head: Buffer): Utf16 | null {
  const mark = head.subarray(0, 2)
  return mark.equals(BOM_16.le) ? 'utf-16le' : mark.equals(BOM_16.be) ? 'utf-16be' : null
}

/** The share of characters of two bytes that are separators, digits and line ends in any table. */
const PLAIN_SHARE = 0.1

/** The encoding that text of two bytes a character has without saying so: its plain characters have one empty byte, all on one side. */
export function unmarkedUtf16Of(head: Buffer): Utf16 | null {
  const [low, high] = [plainUnits(head, 0), plainUnits(head, 1)]
  const most = Math.max(low, high)
  if (most < (head.length / 2) * PLAIN_SHARE || most < Math.min(low, high) * 4) return null
  return high > low ? 'utf-16le' : 'utf-16be'
}

/** How many pairs of bytes are a plain character whose empty byte is the first (0) or the second (1). */
function plainUnits(head: Buffer, empty: 0 | 1): number {
  let count = 0
  for (let i = 0; i + 1 < head.length; i += 2)
    if (head[i + empty] === 0 && isPlain(head[i + 1 - empty] ?? 0)) count++
  return count
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d
}

function textOf(head: Buffer): string {
  return new TextDecoder(markedUtf16Of(head) ?? unmarkedUtf16Of(head) ?? 'utf-8').decode(head)
}

/** Lines of a mail before its first part, as a page saved in one file (.mht) has them too. */
const MAIL_LINE =
  /^(?:mime-version|from|to|subject|date|content-[a-z-]+|snapshot-content-location|x-[a-z-]+):/i
const PARTS = /^(?:mime-version:|content-type:\s*multipart\/)/im

function isArchive(text: string): boolean {
  return MAIL_LINE.test(text.trimStart()) && PARTS.test(text)
}

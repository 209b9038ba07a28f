import { refused } from './refusals.ts'

/** How many leading bytes `kindOf` needs. */
export const HEAD_BYTES = 512

/** How a file is read: as text, as a workbook (a zip, or an older one), or as a page with a table in it. */
export type FileKind = 'text' | 'zip' | 'old' | 'page'

const bytes = (...bytes: number[]) => Buffer.from(bytes)
const PICTURE = '一张图片'
const PACKED = '压缩文件'

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
  return READ.find(begins)?.kind ?? (PAGE.test(textOf(head)) ? 'page' : 'text')
}

/** The encoding that two bytes at the beginning declare; null for none. */
export function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const mark = head.subarray(0, 2)
  return mark.equals(BOM_16.le) ? 'utf-16le' : mark.equals(BOM_16.be) ? 'utf-16be' : null
}

function textOf(head: Buffer): string {
  return new TextDecoder(utf16Of(head) ?? 'utf-8').decode(head)
}

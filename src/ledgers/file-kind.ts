import { type FileRefused, refused } from './refusals.ts'

/** How many leading bytes `refusalOf` needs. */
export const HEAD_BYTES = 64

const bytes = (...bytes: number[]) => Buffer.from(bytes)

const KINDS: { magic: Buffer; refusal: () => FileRefused }[] = [
  { magic: bytes(0x89, 0x50, 0x4e, 0x47), refusal: () => refused('not-a-table', '一张图片') },
  { magic: bytes(0xff, 0xd8, 0xff), refusal: () => refused('not-a-table', '一张图片') },
  { magic: Buffer.from('GIF8'), refusal: () => refused('not-a-table', '一张图片') },
  { magic: Buffer.from('RIFF'), refusal: () => refused('not-a-table', '一张图片或一段音视频') },
  { magic: bytes(0x49, 0x49, 0x2a, 0x00), refusal: () => refused('not-a-table', '一张图片') },
  { magic: bytes(0x4d, 0x4d, 0x00, 0x2a), refusal: () => refused('not-a-table', '一张图片') },
  { magic: Buffer.from('%PDF'), refusal: () => refused('not-a-table', 'PDF 文件') },
  { magic: Buffer.from('Rar!'), refusal: () => refused('not-a-table', '压缩文件') },
  { magic: bytes(0x37, 0x7a, 0xbc, 0xaf), refusal: () => refused('not-a-table', '压缩文件') },
  { magic: bytes(0x1f, 0x8b), refusal: () => refused('not-a-table', '压缩文件') },
  { magic: Buffer.from('BZh'), refusal: () => refused('not-a-table', '压缩文件') },
  { magic: bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00), refusal: () => refused('not-a-table', '压缩文件') },
  { magic: bytes(0x28, 0xb5, 0x2f, 0xfd), refusal: () => refused('not-a-table', '压缩文件') },
  // An empty zip, and one in several parts.
  { magic: bytes(0x50, 0x4b, 0x05, 0x06), refusal: () => refused('not-a-table', '压缩文件') },
  { magic: bytes(0x50, 0x4b, 0x07, 0x08), refusal: () => refused('not-a-table', '压缩文件') },
  // .xlsx is a zip; .xls is an OLE container.
  { magic: bytes(0x50, 0x4b, 0x03, 0x04), refusal: () => refused('spreadsheet') },
  { magic: bytes(0xd0, 0xcf, 0x11, 0xe0), refusal: () => refused('spreadsheet') },
  { magic: bytes(0xff, 0xfe), refusal: () => refused('utf-16') },
  { magic: bytes(0xfe, 0xff), refusal: () => refused('utf-16') },
]

/** Why a file that begins like this is no CSV; null when nothing speaks against it yet. */
export function refusalOf(head: Buffer): FileRefused | null {
  const known = KINDS.find(({ magic }) => head.subarray(0, magic.length).equals(magic))
  if (known) return known.refusal()
  // Many platforms call a web page “.xls”.
  return /^[\s\uFEFF]*<(!|\?xml|[a-z]+[\s>:])/i.test(head.toString())
    ? refused('not-a-table', '网页或 XML 文件')
    : null
}

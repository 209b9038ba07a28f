/** What evidence may be: what people call it, how it is sent, and the endings its name may have. */
export const ATTACHMENT_TYPES = {
  pdf: { label: 'PDF 文件', media: 'application/pdf', endings: ['pdf'] },
  jpeg: { label: 'JPEG 图片', media: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  png: { label: 'PNG 图片', media: 'image/png', endings: ['png'] },
  webp: { label: 'WebP 图片', media: 'image/webp', endings: ['webp'] },
  heic: { label: 'HEIC 图片', media: 'image/heic', endings: ['heic', 'heif'] },
  docx: {
    label: 'Word 文档',
    media: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
  },
  xlsx: {
    label: 'Excel 工作簿',
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    endings: ['xlsx'],
  },
  doc: { label: '旧版 Word 或 WPS 文档', media: 'application/msword', endings: ['doc', 'wps'] },
  xls: { label: '旧版 Excel 或 WPS 表格', media: 'application/vnd.ms-excel', endings: ['xls', 'et'] },
} as const
export type AttachmentType = keyof typeof ATTACHMENT_TYPES

export const ACCEPTED_WORDS = 'PDF、图片(JPEG、PNG、WebP、HEIC)和办公文档(Word、Excel、WPS)'

const bytes = (...list: number[]) => Buffer.from(list)
/** The first bytes of what is one kind of file and no other. */
const MAGIC: [AttachmentType, Buffer][] = [
  ['pdf', Buffer.from('%PDF-')],
  ['jpeg', bytes(0xff, 0xd8, 0xff)],
  ['png', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
]
const ZIP = bytes(0x50, 0x4b, 0x03, 0x04)
const COMPOUND = bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
/** Brands of a still picture of a telephone. Films have others. */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1']
/** A document that may run something. */
const MACROS = Buffer.from('vbaProject.bin')
/** How the directory of an old office file writes its names. */
const OLD_DOCUMENT = Buffer.from('WordDocument', 'utf16le')
const OLD_WORKBOOKS = ['Workbook', 'Book'].map((name) => Buffer.from(`${name}\0`, 'utf16le'))
const OLD_MACROS = ['_VBA_PROJECT', 'Macros'].map((name) => Buffer.from(`${name}\0`, 'utf16le'))

/** What a file is, by its content and never by its name; null for what is no evidence. */
export function attachmentTypeOf(content: Buffer): AttachmentType | null {
  const begins = (magic: Buffer) => content.subarray(0, magic.length).equals(magic)
  const plain = MAGIC.find(([, magic]) => begins(magic))
  if (plain) return plain[0]
  if (content.toString('latin1', 0, 4) === 'RIFF' && content.toString('latin1', 8, 12) === 'WEBP')
    return 'webp'
  if (content.toString('latin1', 4, 8) === 'ftyp' && HEIC_BRANDS.includes(content.toString('latin1', 8, 12)))
    return 'heic'
  if (begins(ZIP)) return packedTypeOf(content)
  return begins(COMPOUND) ? oldTypeOf(content) : null
}

/** A zip names its members in the clear: that of an office file has a list of contents, and a folder of its own. */
function packedTypeOf(content: Buffer): AttachmentType | null {
  if (!content.includes('[Content_Types].xml') || content.includes(MACROS)) return null
  if (content.includes('word/document.xml')) return 'docx'
  return content.includes('xl/workbook.xml') ? 'xlsx' : null
}

function oldTypeOf(content: Buffer): AttachmentType | null {
  if (OLD_MACROS.some((name) => content.includes(name))) return null
  if (content.includes(OLD_DOCUMENT)) return 'doc'
  return OLD_WORKBOOKS.some((name) => content.includes(name)) ? 'xls' : null
}

/** Why a file is refused whatever is asked of it; null where it may be kept. */
export function attachmentRefusal(name: string, content: Buffer): string | null {
  if (content.length === 0) return `“${name}”是空文件,请重新选择文件。`
  const type = attachmentTypeOf(content)
  if (type === null)
    return `“${name}”的内容不是可以上传的文件。佐证材料只收${ACCEPTED_WORDS},不收带宏的文档和压缩包;请另存为 PDF 后再上传。`
  const { label, endings } = ATTACHMENT_TYPES[type]
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  if (ending !== undefined && (endings as readonly string[]).includes(ending)) return null
  const named = ending === undefined ? '没有扩展名' : `扩展名是 .${ending}`
  return `“${name}”${named},内容却是${label}。请核对文件,把名字改为以 .${endings[0]} 结尾后再上传。`
}

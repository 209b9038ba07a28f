import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import {
  attachmentRefusal,
  attachmentTypeOf,
  type AttachmentType,
} from '../../../src/domain/obligation/attachment-types.ts'
import { jpegOf, pdfOf, pngOf } from '../../support/evidence.ts'

const zip = (...members: string[]) => Buffer.from(`PK\x03\x04${members.join('\0')}`, 'latin1')
const compound = (...names: string[]) =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    ...names.map((name) => Buffer.from(`${name}\0`, 'utf16le')),
  ])

const FILES: [string, Buffer, AttachmentType][] = [
  ['说明.pdf', pdfOf('x'), 'pdf'],
  ['照片.JPG', jpegOf('x'), 'jpeg'],
  ['照片.jpeg', jpegOf('x'), 'jpeg'],
  ['图.png', pngOf('x'), 'png'],
  ['图.webp', Buffer.from('RIFF1234WEBPVP8 '), 'webp'],
  ['手机.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'heic'],
  ['报告.docx', zip('[Content_Types].xml', 'word/document.xml'), 'docx'],
  ['台账.xlsx', zip('[Content_Types].xml', 'xl/workbook.xml'), 'xlsx'],
  ['报告.doc', compound('Root Entry', 'WordDocument'), 'doc'],
  ['报告.wps', compound('Root Entry', 'WordDocument'), 'doc'],
  ['台账.xls', compound('Root Entry', 'Workbook'), 'xls'],
  ['台账.et', compound('Root Entry', 'Workbook'), 'xls'],
]

test.each(FILES)('%s is what its content says', (name, content, type) => {
  expect(attachmentTypeOf(content)).toBe(type)
  expect(attachmentRefusal(name, content)).toBeNull()
})

test.each<[string, Buffer]>([
  ['a zip that is no office file', zip('a.txt')],
  [
    'a document that may run something',
    zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'),
  ],
  ['an old document that may run something', compound('WordDocument', '_VBA_PROJECT')],
  ['an installer in the old format', compound('Root Entry', 'Property')],
  ['a film', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1')],
  ['a program', Buffer.from('\x7fELF')],
  ['a page', Buffer.from('<!doctype html>')],
  ['text before a PDF', Buffer.concat([Buffer.from('x'), pdfOf('x')])],
])('%s is no evidence, whatever its name', (_what, content) => {
  for (const name of ['a.pdf', 'a.docx', 'a.doc', 'a.jpg'])
    expect(attachmentRefusal(name, content)).toContain('不是可以上传的文件')
})

it('a name with an ending of another kind is refused, and told which it should have', () => {
  for (const [, content, type] of FILES)
    for (const [name, , other] of FILES) {
      if (type === other) continue
      expect(attachmentRefusal(name, content)).toMatch(/扩展名是 \.\w+,内容却是.+把名字改为以 \.\w+ 结尾/)
    }
})

it('no bytes at all make it fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void attachmentTypeOf(Buffer.from(bytes))),
  )
})

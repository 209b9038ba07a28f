import { type FileRefused, refused } from '../refusals.ts'

const KINDS: [inside: RegExp, kind: string][] = [
  [/^xl\/workbook\.bin$/, '二进制工作簿(.xlsb)'],
  [/^word\//, 'Word 文档'],
  [/^ppt\//, 'PowerPoint 演示文稿'],
  [/^content\.xml$/, 'OpenDocument 文件(.ods 等)'],
]

/** Why a zip with these parts is no .xlsx; null when it is. */
export function refusalOfZip(names: Iterable<string>): FileRefused | null {
  const all = [...names]
  const kind = KINDS.find(([inside]) => all.some((name) => inside.test(name)))?.[1]
  if (kind !== undefined) return refused('spreadsheet', kind)
  return all.includes('_rels/.rels') && all.some((name) => name.startsWith('xl/'))
    ? null
    : refused('not-a-table', '压缩文件')
}

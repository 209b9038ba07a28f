import type { CommandLine } from './called-as.ts'
import { fieldLabel } from './said-mapping.ts'

/** Something that a county has said, as GET /v1/import-mappings tells it. */
export type RememberedBody = {
  id: string
  columns: Record<string, string | null> | null
  sheet: string | null
  word: { field: string; word: string; meaning: string; label: string | null } | null
  /** The file of which it was said; none for a word. */
  file?: string | null
  createdAt: string
  uses: number | null
  lastUsedAt: string | null
}

/** All that is remembered, each with the id by which it is forgotten. */
export function rememberedLines(items: readonly RememberedBody[], command: CommandLine): string {
  if (items.length === 0) return '还没有记住列或词的对应。'
  return [...items.map(rememberedLine), `忘记一条:${command('import --forget 编号')}`].join('\n')
}

function rememberedLine({ id, word, sheet, columns, file = null, uses, lastUsedAt }: RememberedBody): string {
  if (word)
    return `${id}  ${fieldLabel(word.field)}“${word.word}”= ${word.label ?? `${word.meaning}(已经没有这个单位)`}`
  const said = Object.entries(columns ?? {}).map(
    ([name, field]) => `${name} = ${field === null ? '不用' : fieldLabel(field)}`,
  )
  if (sheet === null && said.length === 0) said.push('有这几张表的工作簿每次都问(几张都导入过)')
  const used = uses ? `;用过 ${uses} 次,最近 ${lastUsedAt?.slice(0, 10) ?? ''}` : ''
  return `${id}  ${[...(sheet === null ? [] : [`表“${sheet}”`]), ...said].join('、')}${file === null ? '' : `(说明时的文件:${file})`}${used}`
}

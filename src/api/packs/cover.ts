import { plainTable } from '../../ledgers/file-table.ts'
import { linesOf, type PackFile } from './pack-file.ts'

/** A file as it went into the pack. */
export type Packed = { name: string; what: string; lines: number; bytes: number; sha256: string }
/** What a cover says of the pack as a whole. */
export type CoverFacts = {
  title: string
  asOf: string
  madeAt: string
  madeBy: string
  scope: string
  households: string
  words: string
}

export function packed({ what, tables }: PackFile, name: string, bytes: number, sha256: string): Packed {
  return { name, what, lines: linesOf({ tables }), bytes, sha256 }
}

/** The cover: what this is, as of when, who made it, of what, and what each file has to be (R14). */
export function coverOf(facts: CoverFacts, files: readonly Packed[]): PackFile {
  const lines = files.reduce((sum, file) => sum + file.lines, 0)
  const rows = [
    ['名称', facts.title],
    ['数据截至', facts.asOf],
    ['制作时间', facts.madeAt],
    ['制作人', facts.madeBy],
    ['范围', facts.scope],
    ['户的信息', facts.households],
    ['文字', facts.words],
    ['文件', `${files.length} 个,连同封面 ${files.length + 1} 个`],
    ['行数', `共 ${lines} 行,不含表头、合计和说明`],
    [
      '口径',
      '台账列出全部事项,已撤销的在“办理状态”中写明;统计表不含已撤销的。逐个文件依次读取,制作期间的变动可能只在后面的文件中。',
    ],
    ['核验', '“文件”一页有每个文件的 SHA-256:certutil -hashfile 文件名 SHA256,或 sha256sum 文件名'],
  ]
  return {
    ...{ name: '封面', what: '封面' },
    tables: [
      plainTable(
        '封面',
        [
          ['项目', 12],
          ['内容', 90],
        ],
        rows,
      ),
      plainTable(
        '文件',
        [
          ['文件', 36],
          ['内容', 40],
          ['行数', 10],
          ['字节', 12],
          ['SHA-256', 68],
        ],
        files.map((file) => [file.name, file.what, file.lines, file.bytes, file.sha256]),
      ),
    ],
  }
}

import { readFileSync } from 'node:fs'
import { instantAt } from '../../src/domain/time/days.ts'
import {
  FileRefused,
  MappingNeeded,
  type ReadBatch,
  type ReadContext,
  readWarnings,
} from '../../src/ledgers/read-warnings.ts'

export const HEADER =
  '预警编号,预警发布时间,预警等级,致贫返贫因素,重点人群类别,姓名,身份证号,联系电话,乡镇,村(社区),预警内容,数据来源部门'
export const ROW =
  'YJ1,2022-08-16 14:03,橙色,因残,边缘易致贫人口,某某,619999194512163825,19936395218,毛坝镇,龙泉社区,新办理残疾证,残联'

export const sample = readFileSync(new URL('../data/warnings-2022.csv', import.meta.url))
export const expected = JSON.parse(
  readFileSync(new URL('../data/warnings-2022.expected.json', import.meta.url), 'utf8'),
) as {
  rows: number
  accepted: number
  duplicates: number
  refused: { row: number; rule: string; column: string }[]
  byLevel: Record<string, number>
  byTown: Record<string, number>
  dueOn: Record<string, string>
}

const towns = Object.keys(expected.byTown).map((name, i) => ({ code: `T${i + 1}`, name }))
/** Above the towns of the sample file. */
const county = ['某某省', '某某市', '某某县']
export const townName = (code: string) => towns.find((t) => t.code === code)?.name ?? code
export const NOW = instantAt('2023-01-01', '08:00')

export function pieces(bytes: Buffer, size: number): () => AsyncIterable<Buffer> {
  return async function* () {
    for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
  }
}

/** Everything a file gives, its batches joined. */
export async function read(
  bytes: Buffer | string,
  size = 64 * 1024,
  now = NOW,
  given: Partial<ReadContext> = {},
): Promise<ReadBatch> {
  const all: ReadBatch = {
    ...{ rows: [], errors: [], skipped: [], unknownWords: [], processed: 0, encoding: 'utf-8', head: null },
    ...{ notes: [], sheetRead: null, candidates: null, otherSheets: [], explained: [] },
    ...{ refused: [], refusedHead: { header: [], names: {}, at: {} } },
  }
  const context = { towns, county, now, ...given }
  for await (const batch of readWarnings(pieces(Buffer.from(bytes as string), size), context)) {
    all.rows.push(...batch.rows)
    all.errors.push(...batch.errors)
    all.skipped.push(...batch.skipped)
    all.refused.push(...batch.refused)
    if (batch.undecided?.length) all.undecided = [...(all.undecided ?? []), ...batch.undecided]
    all.refusedHead = batch.refusedHead
    all.processed = batch.processed
    all.encoding = batch.encoding
    all.head = batch.head
    all.notes = batch.notes
    all.candidates = batch.candidates
    all.unknownWords.push(...batch.unknownWords)
  }
  return all
}

/** A file of the header and one row with some cells replaced. */
export function withCells(cells: Record<string, string>): string {
  const names = HEADER.split(',')
  const row = ROW.split(',').map((cell, i) => cells[names[i] ?? ''] ?? cell)
  return `${HEADER}\n${row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')}\n`
}

/** The refusal a file meets, or undefined when it is read. */
export async function refusalOf(bytes: Buffer | string): Promise<FileRefused | undefined> {
  try {
    await read(bytes)
    return undefined
  } catch (error) {
    if (error instanceof FileRefused) return error
    throw error
  }
}

/** What somebody is asked about a file's columns, or undefined when nothing is asked. */
export async function surveyOf(
  bytes: Buffer | string,
  columns?: ReadContext['columns'],
  given: Partial<ReadContext> = {},
): Promise<MappingNeeded['survey'] | undefined> {
  try {
    await read(bytes, undefined, undefined, { ...given, columns })
    return undefined
  } catch (error) {
    if (error instanceof MappingNeeded) return error.survey
    throw error
  }
}

import { nameKey } from './column-names.ts'
import { COLUMNS, type Field } from './columns.ts'
import { agrees, contentOf } from './content.ts'
import type { FileColumn } from './file-columns.ts'
import { namedField, type NumberedRow } from './head.ts'
import { NOTHING_KNOWN } from './head-end.ts'
import { type ColumnMapping, type ColumnProposal, MappingNeeded } from './mapping.ts'
import { refused } from './refusals.ts'
import { digestOf, type FileHead, samplesOf } from './survey.ts'

/** Where a file of withdrawn numbers has what is read of it; `reason` is -1 where it gives none. `end`: of the head, in rows. */
export type NumberLayout = { number: number; reason: number; head: FileHead; end: number }

const REASONS = [
  ...['撤回原因', '撤销原因', '撤回理由', '撤销理由', '撤回事由', '撤销事由', '撤回说明', '撤销说明'],
  ...['撤回依据', '撤销依据', '原因', '理由', '事由', '说明', '备注'],
].map(nameKey)

/** What somebody may call the two columns of such a file; the reason is kept as the field of free text. */
const NAMED: Readonly<Record<string, Field>> = {
  externalId: 'externalId',
  预警编号: 'externalId',
  编号: 'externalId',
  reason: 'detail',
  detail: 'detail',
  预警内容: 'detail',
  ...Object.fromEntries(REASONS.map((name) => [name, 'detail'] as const)),
}
/** What the column of reasons is called in sentences; its field is the one of free text. */
export const WITHDRAWAL_REASON = '撤回原因'
export const NUMBER_FIELDS = `预警编号、${WITHDRAWAL_REASON}`

/** The field that is meant by a column of withdrawn numbers; undefined for what such a file has not. */
export function numberFieldNamed(written: string): Field | undefined {
  return NAMED[written.trim()] ?? NAMED[nameKey(written)]
}

/**
 * Finds the column of numbers among the first rows of a file, by what somebody said of it, else by its name.
 * @throws MappingNeeded where no column is known as that; FileRefused where none can be
 */
export function layoutOfNumbers(rows: readonly NumberedRow[], mapping: ColumnMapping = {}): NumberLayout {
  if (rows.length === 0) throw refused('empty-file')
  const said = new Map(Object.entries(mapping).map(([name, field]) => [nameKey(name), field]))
  const at = rows.findIndex(({ cells }) => numberIn(cells, said) !== -1)
  const head = rows[at]
  if (!head) throw asked(rows, said)
  const names = head.cells.map((cell) => cell.trim())
  const keys = names.map(nameKey)
  const reason = reasonIn(keys, said)
  const number = numberIn(head.cells, said)
  const fieldOf = (i: number): Field | null => (i === number ? 'externalId' : i === reason ? 'detail' : null)
  const named = names.map((name, i) => ({ name, field: fieldOf(i) }))
  const written = named.filter(({ name }) => name !== '')
  const fields = written.map(({ field }) => field)
  return {
    number,
    reason,
    head: { digest: digestOf(names), names: names.filter(Boolean), fields, samples: [], byName: [] },
    end: at + 1,
  }
}

/** The column of reasons that somebody named, else the first with a name for it; -1 for none. */
function reasonIn(keys: readonly string[], said: ReadonlyMap<string, string | null>): number {
  const given = keys.findIndex((key) => said.get(key) === 'detail')
  if (given !== -1) return given
  const free = REASONS.filter((name) => !said.has(name)).map((name) => keys.indexOf(name))
  return free.find((index) => index !== -1) ?? -1
}

function numberIn(cells: readonly string[], said: ReadonlyMap<string, string | null>): number {
  const keys = cells.map(nameKey)
  const given = keys.findIndex((key) => said.get(key) === 'externalId')
  if (given !== -1) return given
  return cells.findIndex((cell, i) => !said.has(keys[i] ?? '') && namedField(cell)?.field === 'externalId')
}

/** The question which column has the numbers, or why there is nothing to ask. */
function asked(rows: readonly NumberedRow[], said: ReadonlyMap<string, string | null>): Error {
  const missing = [...said].find(([, field]) => field === 'externalId')
  if (missing) return refused('bad-mapping', `文件里没有“${missing[0]}”这一列`)
  const first = fullest(rows)
  const columns = columnsBelow(rows, first)
  const open = columns.filter(({ key }) => !said.has(key))
  if (open.length === 0 || looksLikeData(rows, first)) return refused('missing-column', COLUMNS.externalId)
  const proposals = columns.map((column) => proposalOf(column, open))
  const likely = proposals.some(({ confidence }) => confidence === 'likely')
  return new MappingNeeded({
    head: digestOf(columns.map(({ name }) => name)),
    columns: proposals,
    // A column that waits for a yes is not missing: it would be asked for twice.
    missing: likely ? [] : ['externalId'],
  })
}

/** The first of the rows with the most filled cells: a title has one. */
function fullest(rows: readonly NumberedRow[]): number {
  const filled = rows.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length)
  return filled.indexOf(Math.max(...filled))
}

function columnsBelow(rows: readonly NumberedRow[], first: number): FileColumn[] {
  const names = rows[first]?.cells ?? []
  return names.flatMap((written, index) => {
    const name = written.trim()
    if (name === '') return []
    const below = rows.slice(first + 1).map(({ cells }) => cells[index] ?? '')
    const cells = below.filter((cell) => cell.trim() !== '')
    const content = contentOf(cells, NOTHING_KNOWN)
    return [{ index, name, key: nameKey(name), named: namedField(name), cells, content }]
  })
}

function proposalOf(column: FileColumn, open: readonly FileColumn[]): ColumnProposal {
  if (REASONS.includes(column.key))
    return { name: column.name, samples: [], field: 'detail', confidence: 'certain' }
  const like = open.filter(({ content }) => agrees('externalId', content) && !content.counts)
  const likely = like.length === 1 && like[0] === column
  const field = likely ? 'externalId' : null
  return {
    name: column.name,
    samples: samplesOf(column, field),
    field,
    confidence: likely ? 'likely' : 'none',
  }
}

/** Without a head its first number would be taken for one, and be lost. */
function looksLikeData(rows: readonly NumberedRow[], first: number): boolean {
  const shape = ({ cells }: NumberedRow) =>
    cells
      .map((cell) =>
        cell
          .trim()
          .replace(/\d/g, '9')
          .replace(/\p{Script=Han}+/gu, '字'),
      )
      .join('\n')
  const [head, ...below] = rows.slice(first).map(shape)
  return head !== undefined && head.includes('9') && below.includes(head)
}

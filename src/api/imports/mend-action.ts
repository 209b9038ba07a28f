import type { ImportAction } from '../../contract/api/import-requests.ts'
import { pointerToken } from '../../domain/json-pointer.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import { columnNamed } from '../../ledgers/mendable-csv.ts'
import type { MendedCells } from '../../ledgers/mended-cells.ts'
import { FINDINGS_DROPPED } from '../../services/imports/findings.ts'
import { keepMended } from '../../services/imports/mended.ts'
import { type RefusedRows, refusedRowsOf } from '../../services/imports/refused-rows.ts'
import type { ImportRow, Progress } from '../../services/imports/store.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { ApiError } from '../http/errors.ts'
import { rowsHiddenFrom } from './errors-found.ts'
import { mustNotHaveDecided } from './map-action.ts'
import { rightsIn } from './may-settle.ts'

export type MendAction = Extract<ImportAction, { action: 'mend' }>
type Fault = { pointer: string; message: string }

/**
 * What becomes of an import of which refused rows are mended in place: its file is read anew with what was typed, so that all of it is
 * checked, counted and registered together (R20). Rows keep their numbers. @throws ApiError 409 once it is registered, and for a list of withdrawn numbers, of which no row is kept; 422 for a row that was
 * not refused, is hidden from whoever mends, or a column that the file has not
 */
export async function mendImport(
  tx: Sql,
  { keys, one, actor }: { keys: Keyring; one: ImportRow; actor: Actor },
  { rows }: MendAction,
): Promise<Progress> {
  if (one.kind !== 'warnings')
    throw new ApiError(
      409,
      'not-mended-here',
      '撤回名单不能在这里改,也没有留下有问题的行:请在原文件里改好,再导入一次。',
    )
  if (one.state !== 'validated')
    throw new ApiError(409, `not-while-${one.state}`, '只有检查完毕、尚未登记的导入才能在这里改。')
  await mustNotHaveDecided(tx, one)
  const asked = rows.map(({ row }) => row)
  const { reads } = await rightsIn(tx, actor, one)
  const hidden = await rowsHiddenFrom(tx, one, { actor, reads }, asked)
  const parts = await refusedRowsOf(tx, keys, one.id, asked)
  await keepMended(tx, keys, one.id, placed(parts, rows, hidden))
  return { state: 'validating', ...FINDINGS_DROPPED }
}

/** What the trail says of it: what was typed stays out. */
export function mendDetail({ action, rows }: MendAction) {
  const cells = rows.reduce((sum, row) => sum + Object.keys(row.cells).length, 0)
  return { action, rows: rows.length, cells }
}

/** The cells by their places in the file; a row that is hidden is answered like one that was not refused. @throws ApiError 422 */
function placed(
  parts: readonly RefusedRows[],
  rows: MendAction['rows'],
  hidden: ReadonlySet<number>,
): MendedCells {
  const headOf = new Map(parts.flatMap(({ head, rows: of }) => of.map(({ row }) => [row, head] as const)))
  const faults: Fault[] = []
  const mended: Record<number, Record<number, string>> = {}
  for (const [i, { row, cells }] of rows.entries()) {
    const head = hidden.has(row) ? undefined : headOf.get(row)
    if (head === undefined) faults.push({ pointer: `/body/rows/${i}/row`, message: '这一行没有要改的' })
    for (const [name, text] of head ? Object.entries(cells) : []) {
      const at = head && columnNamed(head, name)
      if (at === undefined)
        faults.push({ pointer: `/body/rows/${i}/cells/${pointerToken(name)}`, message: '文件没有这一列' })
      else mended[row] = { ...mended[row], [at]: text }
    }
  }
  if (faults.length === 0) return mended
  throw new ApiError(422, 'bad-mends', '只能改有问题的行,和文件有的列;有几处不合要求,请按所列的改。', faults)
}

import { applyStaged } from '../../src/services/imports/apply.ts'
import { writeConfirmed } from '../../src/services/imports/write-changes.ts'
import { decideChanges } from '../../src/services/imports/changes-store.ts'
import { importById, type ImportRow, updateImport } from '../../src/services/imports/store.ts'
import { undoRegistered } from '../../src/services/imports/undo.ts'
import { validateUpload } from '../../src/services/imports/validate.ts'
import { inTransaction, type Pool } from '../../src/db/pool.ts'
import { givenText } from './files.ts'
import { keys, log } from './worker-deps.ts'

const DEFAULTS = {
  预警编号: 'YJ1',
  预警发布时间: '2022-06-06 09:00',
  预警等级: '黄色',
  致贫返贫因素: '因病',
  重点人群类别: '',
  姓名: '某某',
  身份证号: '619999194512163825',
  联系电话: '19936395218',
  乡镇: '毛坝镇',
  '村(社区)': '龙泉社区',
  预警内容: '大病支出较高',
  数据来源部门: '',
}
export type Cells = Partial<typeof DEFAULTS>

/** An export with these rows; what a row leaves out is as everywhere. */
export function warningFile(...rows: Cells[]): string {
  const lines = rows.map((cells) => Object.values({ ...DEFAULTS, ...cells }).join(','))
  return [Object.keys(DEFAULTS).join(','), ...lines, ''].join('\n')
}

const noBeat = () => undefined
const depsOf = (pool: Pool) => ({ pool, keys, log, wallNow: () => Date.now() })

/** A file is read, and waits for a word where it is a dry run. */
export async function checked(
  pool: Pool,
  id: string,
  text: string,
  as: Parameters<typeof givenText>[3] = {},
): Promise<ImportRow> {
  await givenText(pool, id, text, as)
  await validateUpload(depsOf(pool), id, noBeat)
  return (await importById(pool, id))!
}

/** What was checked is registered. */
export async function applied(pool: Pool, id: string): Promise<ImportRow> {
  await updateImport(pool, id, { state: 'applying' })
  await applyStaged(depsOf(pool), id, noBeat)
  return (await importById(pool, id))!
}

/** A file is read and registered. */
export async function imported(pool: Pool, id: string, text: string): Promise<ImportRow> {
  await checked(pool, id, text)
  await applyStaged(depsOf(pool), id, noBeat)
  return (await importById(pool, id))!
}

/** Somebody confirms changes of an import, and they are written. */
export async function confirmed(
  pool: Pool,
  id: string,
  rows: readonly number[] | 'all' = 'all',
): Promise<number[]> {
  const decided = await inTransaction(pool, (tx) =>
    decideChanges(tx, id, { action: 'apply', rows, by: 'somebody', at: 0 }),
  )
  await writeConfirmed(depsOf(pool), id, noBeat)
  return decided
}

/** An import is taken back. */
export async function undone(pool: Pool, id: string): Promise<ImportRow> {
  await updateImport(pool, id, { state: 'undoing' })
  await undoRegistered(depsOf(pool), id, noBeat)
  return (await importById(pool, id))!
}

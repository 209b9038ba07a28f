import { afterAll, beforeAll, expect, test } from 'vitest'
import { row, rows, inTransaction } from '../../../src/db/pool.ts'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { importErrors } from '../../../src/services/imports/staging.ts'
import { importById } from '../../../src/services/imports/store.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { givenText } from '../../support/files.ts'
import { keys, log } from '../../support/worker-deps.ts'

const HEADER =
  '预警编号,预警发布时间,预警等级,致贫返贫因素,重点人群类别,姓名,身份证号,联系电话,乡镇,村(社区),预警内容,数据来源部门'
const ROWS = [
  'YS1,2022-06-02,红色,因病,,某甲,619999198001010155,19900000001,陕西省安康市紫阳县毛坝镇,双河村,自付医疗费用较高,气象台',
  'YS2,2022-06-02,红色,因懒,,某甲,,19900000001(儿子),毛坝镇,双河村,自付医疗费用较高,医保局',
  'YS3,2022-06-02,红色,因病,,某甲,619999198001010155,,毛坝镇,双河村,自付医疗费用较高,医保局',
  'YS4,2022-06-02,红色,因病,,某甲,619999198001010155,,汉阴县城关镇,双河村,自付医疗费用较高,气象台',
]
const FILE = [HEADER, ...ROWS, ''].join('\n')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await inTransaction(database.pool, async (tx) => seedCounty(tx, await readSampleOffices(), 0))
})
afterAll(() => database.drop())

async function importText(id: string, text: string) {
  await givenText(database.pool, id, text)
  const deps = { pool: database.pool, keys, log, wallNow: () => Date.now() }
  await validateUpload(deps, id, () => undefined)
  await applyStaged(deps, id, () => undefined)
  const errors = await importErrors(database.pool, id, -1, 100)
  return { done: await importById(database.pool, id), errors: errors.map((e) => [e.row, e.column, e.rule]) }
}

test('what was not understood is registered with a remark, counted and listed apart from what is refused', async () => {
  const { done, errors } = await importText('im_first', FILE)
  expect(done).toMatchObject({
    state: 'applied',
    rows: 4,
    accepted: 3,
    registered: 3,
    refused: 1,
    remarked: 2,
  })
  expect(errors).toEqual([
    [2, '数据来源部门', 'remark'],
    [3, '身份证号', 'remark'],
    [3, '致贫返贫因素', 'remark'],
    [3, '联系电话', 'remark'],
    [5, '乡镇', 'unknown-town'],
  ])
  const facts = await rows<{ externalId: string; facts: unknown }>(
    database.pool,
    `select external_id as "externalId", facts from obligations order by external_id`,
  )
  const remark = { column: '数据来源部门', message: '“气象台”不在名录中,没有登记这一项。' }
  expect(facts[0]).toEqual({ externalId: 'YS1', facts: { remarks: [remark] } })
  expect(facts[2]).toEqual({ externalId: 'YS3', facts: {} })
})

test('a household without a number is in no index of numbers', async () => {
  const found = await row<{ index: Buffer | null }>(
    database.pool,
    `select s.id_no_index as index from subjects s join obligations o on o.id = s.obligation where o.external_id = 'YS2'`,
  )
  expect(found).toEqual({ index: null })
})

test('the same file again is known, remarks and all', async () => {
  const { done } = await importText('im_again', FILE)
  expect(done).toMatchObject({ rows: 4, accepted: 0, duplicates: 3, changed: 0, refused: 1, remarked: 0 })
})

test('a file whose numbers a spreadsheet zeroed leaves nothing, not even its good rows', async () => {
  const zeroed = ['619999198001010000', '619999198001020000'].map((idNo, i) =>
    ROWS[2]!.replace('YS3', `YS9${i}`).replace('619999198001010155', idNo),
  )
  const { done, errors } = await importText(
    'im_zeroed',
    [HEADER, ROWS[2]!.replace('YS3', 'YS99'), ...zeroed, ''].join('\n'),
  )
  expect([done?.state, done?.problem?.code, errors]).toEqual(['refused', 'digits-lost', []])
})

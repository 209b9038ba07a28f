import { expect, test } from 'vitest'
import { FileRefused } from '../../src/ledgers/refusals.ts'
import { MappingNeeded } from '../../src/ledgers/mapping.ts'
import { numberFieldNamed } from '../../src/ledgers/number-layout.ts'
import { readWithdrawals } from '../../src/ledgers/read-withdrawals.ts'

type Said = Parameters<typeof readWithdrawals>[1]

async function read(text: string, said?: Said) {
  const rows: [number, string, string | null][] = []
  async function* chunks() {
    yield await Promise.resolve(Buffer.from(text))
  }
  for await (const batch of readWithdrawals(chunks, said))
    rows.push(...batch.rows.map((r): [number, string, string | null] => [r.row, r.externalId, r.reason]))
  return rows
}

test('numbers and reasons are read below their head, whatever stands above it', async () => {
  expect(await read('平台撤回名单\n\n序号,预警编号,备注\n1,A1,误报\n2,A2,-\n\n3,A3,\n')).toEqual([
    [4, 'A1', '误报'],
    [5, 'A2', null],
    [7, 'A3', null],
  ])
})

test('a column that nobody knows is asked about with what stands in it; what was said of it holds', async () => {
  const text = '代码,姓名\nA01,某某\nA02,另某\n'
  const asked: unknown = await read(text).catch((error: unknown) => error)
  expect(asked).toBeInstanceOf(MappingNeeded)
  expect((asked as MappingNeeded).survey).toMatchObject({
    columns: [
      { name: '代码', samples: ['A01', 'A02'], field: 'externalId', confidence: 'likely' },
      { name: '姓名', samples: ['某*', '另*'], field: null, confidence: 'none' },
    ],
    missing: [],
  })
  expect(await read(text, { columns: { 代码: 'externalId' } })).toEqual([
    [2, 'A01', null],
    [3, 'A02', null],
  ])
})

test('a reason is known by its name, or is the column that somebody names', async () => {
  const text = '编码,事由\nA01,误报\nA02,户已迁出\n'
  const asked: unknown = await read(text).catch((error: unknown) => error)
  expect((asked as MappingNeeded).survey).toMatchObject({
    columns: [
      { name: '编码', field: 'externalId', confidence: 'likely' },
      { name: '事由', field: 'detail', confidence: 'certain' },
    ],
    missing: [],
  })
  expect(await read(text, { columns: { 编码: 'externalId' } })).toEqual([
    [2, 'A01', '误报'],
    [3, 'A02', '户已迁出'],
  ])
  const columns = { 编码: 'externalId', 缘由: 'detail', 备注: null } as const
  expect(await read('编码,备注,缘由\nA01,不看,误报\n', { columns })).toEqual([[2, 'A01', '误报']])
  expect(['撤回原因', '原因', '预警编号', '乡镇'].map(numberFieldNamed)).toEqual([
    ...['detail', 'detail', 'externalId', undefined],
  ])
})

test('what was said wins over a name', async () => {
  const columns = { 预警编号: null, 旧编号: 'externalId' } as const
  expect(await read('预警编号,旧编号\nA1,B1\n', { columns })).toEqual([[2, 'B1', null]])
})

test.each([
  ['a column that the file has not', '代码\nA1\n', { 别的: 'externalId' } as const, 'bad-mapping'],
  ['no column left to ask about', '代码\nA1\n', { 代码: null }, 'missing-column'],
  ['numbers without a head, the first of which would be lost', 'YJ001\nYJ002\n', undefined, 'missing-column'],
  ['nothing below the head', '预警编号\n', undefined, 'empty-file'],
  ['nothing at all', '\n\n', undefined, 'empty-file'],
])('%s is refused', async (_what, text, columns, code) => {
  const error: unknown = await read(text, { columns }).catch((refused: unknown) => refused)
  expect(error).toBeInstanceOf(FileRefused)
  expect((error as FileRefused).code).toBe(code)
})

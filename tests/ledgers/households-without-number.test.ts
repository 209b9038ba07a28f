import { expect, test } from 'vitest'
import { MappingNeeded } from '../../src/ledgers/read-warnings.ts'
import { HEADER, read, refusalOf, ROW, withCells } from './support.ts'

const without = (text: string) =>
  text
    .split('\n')
    .map((line) =>
      line
        .split(',')
        .filter((_cell, i) => i !== 6)
        .join(','),
    )
    .join('\n')
const FILE = without(`${HEADER}\n${ROW}\n`)

test('a household without a number is registered with a remark, or refused as the county says', async () => {
  const text = withCells({ 身份证号: '' })
  expect((await read(text)).rows[0]?.remarks).toMatchObject([{ column: '身份证号' }])
  const refused = await read(text, undefined, undefined, { withoutNumber: 'refuse' })
  expect(refused.rows).toEqual([])
  expect(refused.errors).toMatchObject([
    { column: '身份证号', rule: 'no-number', message: expect.stringContaining('请补上号码') },
  ])
})

test('a file without the column is asked about, and comes in once somebody says that it has none', async () => {
  await expect(read(FILE)).rejects.toMatchObject({ survey: { missing: ['idNo'] } })
  await expect(read(FILE)).rejects.toBeInstanceOf(MappingNeeded)
  const { rows } = await read(FILE, undefined, undefined, { columns: { '(无)身份证号': 'idNo' } })
  expect(rows.map(({ person, remarks }) => [person.idNo, remarks.length])).toEqual([['', 1]])
})

test('where the county refuses such households the file is refused by the name of the column', async () => {
  await expect(read(FILE, undefined, undefined, { withoutNumber: 'refuse' })).rejects.toMatchObject({
    ...{ code: 'missing-column', message: expect.stringContaining('身份证号') },
  })
  expect(await refusalOf(withCells({}))).toBeUndefined()
})

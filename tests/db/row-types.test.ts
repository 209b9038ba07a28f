import { expect, expectTypeOf, test } from 'vitest'
import { insertRow, insertRows } from '../../src/db/insert-rows.ts'
import type { Sql } from '../../src/db/pool.ts'
import type { NewRow, RowOf } from '../../src/db/row-types.ts'
import { deadlines, importRows, offices, people, subjects } from '../../src/db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  maybe,
  type RowsOf,
  selectRow,
  selectRows,
} from '../../src/db/select-columns.ts'

const silent = { query: () => Promise.resolve({ rows: [] }) } as unknown as Sql

test('columns stand under their names in the schema', () => {
  expect(columns(deadlines, 'd', ['id', 'dueAt'])).toBe('d.id, d.due_at as "dueAt"')
  expect(columns(importRows, 'r', ['group', 'row'])).toBe('r.key_group as "group", r.row')
})

test('a column that the table lacks is refused', () => {
  // @ts-expect-error there is no such column
  expect(() => columns(deadlines, 'd', ['due'])).toThrow('deadlines has no column due')
})

test('a row has instants as numbers, days as text, and null where the column allows it', () => {
  expectTypeOf<RowOf<typeof people, 'id' | 'absentFrom' | 'disabledWall'>>().toEqualTypeOf<{
    id: string
    absentFrom: string | null
    disabledWall: number | null
  }>()
  expectTypeOf<RowOf<typeof importRows>['contentHash']>().toEqualTypeOf<Buffer>()
})

test('a select gives the type of its columns', async () => {
  const list = columns(deadlines, 'd', ['id', 'dueAt', 'silentUntil'])
  expectTypeOf<RowsOf<typeof list>>().toEqualTypeOf<{
    id: string
    dueAt: number
    silentUntil: number | null
  }>()
  const found = await selectRows(silent, list, 'from deadlines d')
  expectTypeOf(found).toEqualTypeOf<RowsOf<typeof list>[]>()
  const first = await selectRow(silent, list, 'from deadlines d')
  expectTypeOf(first).toEqualTypeOf<RowsOf<typeof list> | undefined>()
  expect([found, first]).toEqual([[], undefined])
})

test('an insert asks for what the columns need, and returns what was asked for', async () => {
  const both = await insertRows(silent, people, [{ name: '甲', email: 'a@duban.example' }], {
    constant: { id: 'pe_1' },
    returning: ['id', 'version'],
  })
  expectTypeOf(both).toEqualTypeOf<{ id: string; version: number }[]>()
  // @ts-expect-error an address is missing
  await insertRow(silent, people, { id: 'pe_1', name: '甲' })
  expectTypeOf<NewRow<typeof people>['disabledWall']>().toEqualTypeOf<number | null | undefined>()
  // @ts-expect-error a name is missing
  await insertRows(silent, people, [{ email: 'a@duban.example' }], { constant: { id: 'pe_1' } })
  expect(both).toEqual([])
})

test('lists of several tables make one, under names of their own and with what SQL works out', () => {
  const list = allOf(
    columns(deadlines, 'd', ['id', 'dueAt']),
    columnsAs(offices, 'f', { officeName: 'name', officeKind: 'kind' }),
    maybe(columns(subjects, 's', ['keyId'])),
    computed<{ open: number }>({ open: 'count(*)' }),
  )
  expect(list).toBe(
    'd.id, d.due_at as "dueAt", f.name as "officeName", f.kind as "officeKind", s.key_id as "keyId", count(*) as "open"',
  )
  expectTypeOf<RowsOf<typeof list>['officeName']>().toEqualTypeOf<string>()
  expectTypeOf<RowsOf<typeof list>['keyId']>().toEqualTypeOf<string | null>()
  expectTypeOf<RowsOf<typeof list>['open']>().toEqualTypeOf<number>()
  expectTypeOf<RowsOf<typeof list>['dueAt']>().toEqualTypeOf<number>()
  // @ts-expect-error offices have no such column
  expect(() => columnsAs(offices, 'f', { officeName: 'label' })).toThrow('offices has no column label')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HEADER, read } from './support.ts'

const PLAIN = [
  'YJ20220600001,2022-06-02 09:05,红色,因病,边缘易致贫人口,马金龙,619999198001010155,19900000001,毛坝镇,石山村,自付医疗费用较高,医保局',
  'YJ20220600002,2022-06-03,橙色,因残,脱贫不稳定人口,买买提·艾力,61999919800101018X,09154421234,毛坝镇,长土社区,新办理残疾证,残联',
  'YJ20220600003,2022-06-04 10:00:30,黄色,因学,突发严重困难户,王木,619999198001010198,,毛坝镇,双河村,学费较高,教育局',
].map((line) => line.split(','))

/** Columns kept as they were written but for wrappers. */
const FREE = new Set(HEADER.split(',').flatMap((name, i) => (/村|内容/.test(name) ? [i] : [])))
const POINT = /·/g
const LOOK_ALIKE: Record<string, string> = {
  ...{
    马: '⻢',
    金: '⾦',
    龙: '⻰',
    石: '⽯',
    山: '⼭',
    长: '⻓',
    土: '⼟',
    木: '⽊',
    毛: '⽑',
    用: '⽤',
    高: '⾼',
  },
}

type Disguise = (cell: string, free: boolean) => string
const wrappers: Disguise[] = [
  (cell) => cell,
  (cell) => `="${cell}"`,
  (cell) => `=""${cell}""`,
  (cell) => `'${cell}`,
  (cell) => `\u2019${cell}`,
  (cell) => `\uff07${cell}`,
  (cell) => `"${cell}"`,
  (cell) => `\u201c${cell}\u201d`,
  (cell) => `\uff02${cell}\uff02`,
  (cell) => `\t${cell}\t`,
  (cell) => `\u00a0${cell}\u3000`,
  (cell) => `\u202a${cell}\u202c`,
]
const spellings: Disguise[] = [
  (cell) => cell,
  (cell) => [...cell].join('\u200b'),
  (cell) => [...cell].join('\u2060'),
  (cell) => cell.replace(/./, '$&\ufeff'),
  (cell) => cell.replace(/[马金龙石山长土木毛用高]/g, (c) => LOOK_ALIKE[c] ?? c),
  (cell, free) =>
    free ? cell : cell.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  (cell) => cell.replace(POINT, '\u2022'),
  (cell) => cell.replace(POINT, '\u30fb'),
]
const disguised = fc
  .array(fc.tuple(fc.nat(wrappers.length - 1), fc.nat(spellings.length - 1), fc.nat(wrappers.length - 1)), {
    minLength: 36,
    maxLength: 36,
  })
  .map((picks) => PLAIN.map((cells, row) => cells.map((cell, i) => disguise(cell, i, picks[row * 12 + i]!))))

function disguise(cell: string, column: number, [outer, spelling, inner]: [number, number, number]): string {
  const free = FREE.has(column)
  return wrappers[outer]!(wrappers[inner]!(spellings[spelling]!(cell, free), free), free)
}

function fileOf(table: readonly (readonly string[])[]): string {
  const lines = table.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
  return [HEADER, ...lines, ''].join('\n')
}

test('a table comes in the same in whatever its cells are wrapped, hidden or written', async () => {
  const { rows: plain } = await read(fileOf(PLAIN))
  expect(plain).toHaveLength(3)
  await fc.assert(
    fc.asyncProperty(disguised, async (table) => {
      const { rows, errors } = await read(fileOf(table))
      expect(errors).toEqual([])
      expect(rows).toEqual(plain)
    }),
    { numRuns: 300 },
  )
})

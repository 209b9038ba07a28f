import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chineseCalendarData } from '../../src/domain/time/calendar-data.ts'
import { makeCalendar } from '../../src/domain/time/calendar.ts'
import { dueFromWorkingDays } from '../../src/domain/time/limits.ts'
import { LEVEL_LABELS } from '../../src/domain/obligation/vocabulary.ts'
import { expected, read, sample, townName } from './support.ts'

const countBy = (keys: string[]) =>
  keys.reduce<Record<string, number>>((counts, key) => ({ ...counts, [key]: (counts[key] ?? 0) + 1 }), {})
const DAYS = { red: 3, orange: 5, yellow: 10 }

describe('the sample export of 2022', () => {
  it('gives exactly the expected rows, refusals, levels and towns', async () => {
    const { rows, errors, processed, encoding } = await read(sample)
    expect(encoding).toBe('gb18030')
    expect(processed).toBe(expected.rows)
    expect(rows.length).toBe(expected.accepted)
    expect(errors.filter((e) => e.rule === 'duplicate').length).toBe(expected.duplicates)
    expect(
      errors.filter((e) => e.rule !== 'duplicate').map(({ row, rule, column }) => ({ row, rule, column })),
    ).toEqual(expected.refused)
    expect(countBy(rows.map((r) => LEVEL_LABELS[r.level]))).toEqual(expected.byLevel)
    expect(countBy(rows.map((r) => townName(r.officeCode)))).toEqual(expected.byTown)
  })

  it('has the content that the ledger keeps its hash of: a file that comes again is known', async () => {
    const digest = createHash('sha256')
    for (const { row: _row, remarks, ...content } of (await read(sample)).rows) {
      expect(remarks).toEqual([])
      digest.update(`${JSON.stringify(content)}\n`)
    }
    expect(digest.digest('hex')).toBe('3a21f98b96b2634575707ee516f38006d5a43fbedfa642c9f85b67a3e360a0c4')
  })

  it('has the expected due day in every row', async () => {
    const calendar = makeCalendar(chineseCalendarData, [])
    const { rows } = await read(sample)
    const dueOn = rows.map((r) => [
      r.externalId,
      dueFromWorkingDays(r.issuedOn, DAYS[r.level], calendar).dueOn,
    ])
    expect(Object.fromEntries(dueOn)).toEqual(expected.dueOn)
  })
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { calendarCommand } from '../../../src/bin/commands/calendar.ts'
import { readCalendar } from '../../../src/services/schedule/calendar.ts'
import { type OwnersMachine, ownersMachine } from '../../support/owner-command.ts'

let machine: OwnersMachine
beforeEach(async () => {
  machine = await ownersMachine({ DUBAN_MASTER_KEY: Buffer.alloc(32, 7).toString('hex') })
})
afterEach(() => machine.leave())

async function add(text: string): Promise<void> {
  const file = join(machine.dir, '2027.csv')
  await writeFile(file, text)
  await machine.run(calendarCommand(), ['add', file, '--source', '国办发明电〔2026〕1号'])
}

test('the days of a notice move the calendar, and the year counts as published with its National Day', async () => {
  await add('2027-02-05,放假,春节\n2027-02-08,放假,春节\n2027-02-07,上班,春节\n')
  expect(machine.said()).toContain('已录入 3 天;日历现在到 2026-12-31。')
  expect(machine.said()).toContain('2027 年还缺国庆节')
  await add('\uFEFF2027-10-01,放假,国庆节\r\n\r\n2027-02-08,上班,春节\r\n')
  expect(machine.said()).toContain('日历现在到 2027-12-31。')
  const calendar = await readCalendar(machine.database.pool, null)
  expect(['2027-02-05', '2027-02-07', '2027-02-08'].map((day) => calendar.isWorking(day))).toEqual([
    false,
    true,
    true,
  ])
  expect(calendar.covers('2027-12-31')).toBe(true)
})

test('days of an office that the county does not have are refused in a sentence', async () => {
  const own = await ownersMachine({ DUBAN_MASTER_KEY: Buffer.alloc(32, 7).toString('hex') }, 'county')
  const file = join(own.dir, 'flood.csv')
  await writeFile(file, '2026-08-17,放假,汛情')
  const args = ['add', file, '--source', '县防指〔2026〕8号', '--office', 'sn.ak.qx']
  await expect(own.run(calendarCommand(), args)).rejects.toThrow('本县没有单位 sn.ak.qx。')
  await own.leave()
})

test.each([
  ['2027-02-30,放假,春节', /第 1 行:“2027-02-30”不是日期/],
  ['2027-02-05,放假,春节\n2027-02-06,休息,春节', /第 2 行:“休息”要写成“放假”或“上班”/],
  ['2027-02-05,放假', /第 1 行:缺节日名称/],
  ['\n', /里面没有一天/],
])('%j is refused with its line, and nothing is written', async (text, message) => {
  await expect(add(text)).rejects.toThrow(message)
  expect((await readCalendar(machine.database.pool, null)).coverage.to).toBe('2026-12-31')
})

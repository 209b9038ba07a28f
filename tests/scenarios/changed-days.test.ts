import { afterEach, expect, test } from 'vitest'
import { newId } from '../../src/db/ids.ts'
import { inTransaction } from '../../src/db/pool.ts'
import { type Day, dayOf, instantAt } from '../../src/domain/time/days.ts'
import { registerObligations } from '../../src/services/obligations/register.ts'
import { changeCalendar } from '../../src/services/recounts/change-calendar.ts'
import { now as businessNow } from '../../src/services/schedule/clock.ts'
import { COUNTY, TOWN } from '../support/county.ts'
import { acceptedLines } from '../support/mails.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning } from '../support/warnings.ts'

let stack: Stack
afterEach(() => stack.stop())

/** A measure with a fixed day: called to mind five working days before it, at the opening of that day. */
async function givenMeasure(title: string, dueOn: Day): Promise<void> {
  await inTransaction(stack.pool, async (tx) => {
    const now = await businessNow(tx)
    await registerObligations(tx, { county: COUNTY, actor: 'test', now, silent: false }, [
      {
        ...{
          id: newId('ob'),
          key: `test|${title}`,
          externalId: null,
          kind: 'rectification',
          title,
          facts: {},
        },
        ...{ phase: 'zero-out', office: TOWN, reviewer: `${COUNTY}.jiuzhu`, level: null },
        ...{ cause: null, group: null, source: null, importId: null, contentHash: null, subject: null },
        ...{ issuedAt: now, startOn: dayOf(now), fixedDueOn: dueOn, basis: '测试' },
      },
    ])
  })
}

async function freeDay(day: Day, scope = { below: false, offices: [TOWN] }): Promise<void> {
  await inTransaction(stack.pool, async (tx) =>
    changeCalendar(
      tx,
      {
        scope,
        spans: [{ from: day, to: day, plan: 'off', name: '汛情' }],
        source: '县防指〔2022〕8号',
      },
      { county: COUNTY, actor: 'test', now: await businessNow(tx) },
    ),
  )
}

/** What the officer was told on a day, and with which round. */
async function toOfficer(day: Day): Promise<string[]> {
  const lines = (await acceptedLines(stack.pool)).filter((line) => line.startsWith(day))
  return lines.filter((line) => line.includes('officer@maoba')).map((line) => line.slice(11))
}

test('a reminder that changed days put into the past waits for the next morning: nobody has two digests that day', async () => {
  stack = await startStack({ start: instantAt('2022-11-10', '10:00') })
  await givenMeasure('整改公示', '2022-11-25')
  await stack.advanceTo('2022-11-16', '10:00')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'yellow' })
  // Thursday the 17th: the morning's digest has left, and the measure is to be called to mind on Friday.
  await stack.advanceTo('2022-11-17', '11:00')
  expect(await toOfficer('2022-11-17')).toEqual(['08:30 officer@maoba 新任务 黄色预警核查 1'])
  // Five working days before the 25th is now the 17th, at opening.
  await freeDay('2022-11-21')
  await stack.settle()
  await stack.advanceTo('2022-11-18', '18:00')
  expect(await toOfficer('2022-11-17')).toEqual(['08:30 officer@maoba 新任务 黄色预警核查 1'])
  expect(await toOfficer('2022-11-18')).toEqual(['08:30 officer@maoba 提醒 问题整改 1'])
})

test('a reminder of its day that the next morning would bring too late goes with the afternoon’s round', async () => {
  stack = await startStack({ start: instantAt('2022-11-10', '10:00') })
  await givenMeasure('整改公示', '2022-11-25')
  await stack.advanceTo('2022-11-24', '11:00')
  const before = '08:30 officer@maoba 提醒 问题整改 1'
  expect(await toOfficer('2022-11-24')).toEqual([before])
  // The 25th is free now: the measure is called to mind on the 24th, and the next morning is Monday's.
  await freeDay('2022-11-25', { below: true, offices: [COUNTY] })
  await stack.settle()
  await stack.advanceTo('2022-11-24', '18:00')
  expect(await toOfficer('2022-11-24')).toEqual([before, '14:30 officer@maoba 提醒 问题整改 1'])
})

test('a reminder that a change brings to today before the morning’s digest has left goes with it, in one letter', async () => {
  stack = await startStack({ start: instantAt('2022-11-10', '10:00') })
  await givenMeasure('整改公示', '2022-11-25')
  await stack.advanceTo('2022-11-23', '10:00')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'yellow' })
  await stack.advanceTo('2022-11-24', '08:10')
  await freeDay('2022-11-25', { below: true, offices: [COUNTY] })
  await stack.settle()
  await stack.advanceTo('2022-11-24', '18:00')
  const lines = await toOfficer('2022-11-24')
  expect(lines.toSorted()).toEqual([
    '08:30 officer@maoba 提醒 问题整改 1',
    '08:30 officer@maoba 新任务 黄色预警核查 1',
  ])
})

test('a day off of the town alone is a morning of the county’s mail all the same', async () => {
  stack = await startStack({ start: instantAt('2022-11-10', '10:00') })
  await givenMeasure('整改公示', '2022-11-25')
  await stack.advanceTo('2022-11-24', '11:00')
  await freeDay('2022-11-25')
  await stack.settle()
  await stack.advanceTo('2022-11-25', '18:00')
  const reminder = '08:30 officer@maoba 提醒 问题整改 1'
  expect([await toOfficer('2022-11-24'), await toOfficer('2022-11-25')]).toEqual([[reminder], [reminder]])
})

test('a reminder that was missed while the engine stood still goes with the next regular round', async () => {
  stack = await startStack({ start: instantAt('2022-11-10', '10:00') })
  await givenMeasure('整改公示', '2022-11-25')
  await stack.advanceTo('2022-11-17', '11:00')
  await stack.jumpTo('2022-11-18', '11:00')
  await stack.advanceTo('2022-11-18', '18:00')
  expect(await toOfficer('2022-11-18')).toEqual(['14:30 officer@maoba 提醒 问题整改 1'])
})

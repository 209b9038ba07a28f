import { afterEach, expect, test } from 'vitest'
import { toldMomentsOf } from '../../src/services/obligations/told-story.ts'
import { row } from '../../src/db/pool.ts'
import { beijingText, instantAt } from '../../src/domain/time/days.ts'
import { acceptedLines } from '../support/mails.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning, when } from '../support/warnings.ts'

let stack: Stack
afterEach(() => stack.stop())

test('an orange warning that nobody verifies is told of, reminded of twice, escalated, then repeated every five working days', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-27', '18:00')
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-06 08:30 officer@maoba 新任务 橙色预警核查 1',
    '2022-06-08 08:30 officer@maoba 提醒 橙色预警核查 1',
    '2022-06-10 08:30 officer@maoba 提醒 橙色预警核查 1',
    // A Monday: those whom the policy names read how things stand.
    '2022-06-13 08:30 duban@bureau 现状',
    '2022-06-13 08:30 head@maoba 督办 橙色预警核查 1',
    '2022-06-13 08:30 jiuzhu@bureau 现状',
    '2022-06-13 08:30 leader@bureau 现状',
    '2022-06-13 08:30 officer@maoba 逾期 橙色预警核查 1',
    '2022-06-15 08:30 duban@bureau 督办 橙色预警核查 1',
    '2022-06-15 08:30 head@maoba 已上报 橙色预警核查 1',
    '2022-06-15 08:30 jiuzhu@bureau 督办 橙色预警核查 1',
    '2022-06-15 08:30 officer@maoba 逾期 橙色预警核查 1',
    '2022-06-17 08:30 duban@bureau 已上报 橙色预警核查 1',
    '2022-06-17 08:30 head@maoba 已上报 橙色预警核查 1',
    '2022-06-17 08:30 jiuzhu@bureau 已上报 橙色预警核查 1',
    '2022-06-17 08:30 leader@bureau 督办 橙色预警核查 1',
    '2022-06-17 08:30 officer@maoba 逾期 橙色预警核查 1',
    '2022-06-20 08:30 duban@bureau 现状',
    '2022-06-20 08:30 head@maoba 现状',
    '2022-06-20 08:30 jiuzhu@bureau 现状',
    '2022-06-20 08:30 leader@bureau 现状',
    '2022-06-24 08:30 duban@bureau 督办 橙色预警核查 1',
    '2022-06-24 08:30 head@maoba 已上报 橙色预警核查 1',
    '2022-06-24 08:30 jiuzhu@bureau 督办 橙色预警核查 1',
    '2022-06-24 08:30 officer@maoba 逾期 橙色预警核查 1',
    '2022-06-27 08:30 duban@bureau 现状',
    '2022-06-27 08:30 head@maoba 现状',
    '2022-06-27 08:30 jiuzhu@bureau 现状',
    '2022-06-27 08:30 leader@bureau 现状',
  ])
})

test('the history shows the round in which somebody was told, not when it was decided', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-13', '18:00')
  const found = await row<{ id: string; decided: number }>(
    stack.pool,
    `select a.obligation as id, min(f.fired_at) as decided
       from assignments a join firings f on f.deadline = a.deadline
      where f.moment <> 'assigned' group by a.obligation`,
  )
  const story = await toldMomentsOf(stack.pool, found!.id)
  expect(beijingText(found!.decided)).toMatch(/^2022-06-08 08:[012]/)
  expect(story.map((line) => `${beijingText(line.at)} ${line.moment}`)).toEqual([
    '2022-06-06 08:30 assigned',
    '2022-06-08 08:30 remind-2wd',
    '2022-06-10 08:30 due-day',
    '2022-06-13 08:30 rung-1',
  ])
})

test('a red warning is told at once in office hours, and at the next opening outside them', async () => {
  stack = await startStack({ start: instantAt('2022-06-10', '10:05') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'red' })
  await stack.advanceTo('2022-06-10', '20:00')
  await givenWarning(stack.pool, { id: 'YJ2', level: 'red', town: 'donghe' })
  await stack.advanceTo('2022-06-13', '08:30')
  expect((await acceptedLines(stack.pool)).filter((l) => l.includes('新任务'))).toEqual([
    '2022-06-10 10:05 officer@maoba 新任务 红色预警核查 1',
    '2022-06-13 08:30 officer@donghe 新任务 红色预警核查 1',
  ])
})

test('work finished before the round makes its notification moot, and nobody is told', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-08', '08:29')
  await when(stack.pool, 'YJ1', { action: 'submit', result: { outcome: 'dibao' } })
  await stack.advanceTo('2022-06-08', '18:00')
  const lines = await acceptedLines(stack.pool)
  expect(lines).toEqual([
    '2022-06-06 08:30 officer@maoba 新任务 橙色预警核查 1',
    '2022-06-08 08:30 duban@bureau 待复核 橙色预警核查(复核) 1',
    '2022-06-08 08:30 jiuzhu@bureau 待复核 橙色预警核查(复核) 1',
  ])
})

test('work handed in, returned and passed is told of in the next morning’s digest of whoever is concerned', async () => {
  stack = await startStack({ start: instantAt('2022-06-06', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'yellow' })
  await stack.advanceTo('2022-06-07', '10:00')
  await when(stack.pool, 'YJ1', { action: 'submit', result: { outcome: 'dibao' } })
  await stack.advanceTo('2022-06-08', '10:00')
  await when(stack.pool, 'YJ1', { action: 'return', reason: '材料不全' })
  await stack.advanceTo('2022-06-09', '10:00')
  await when(stack.pool, 'YJ1', { action: 'submit', result: { outcome: 'dibao' } })
  await when(stack.pool, 'YJ1', { action: 'accept' })
  await stack.advanceTo('2022-06-13', '18:00')
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-07 08:30 officer@maoba 新任务 黄色预警核查 1',
    '2022-06-08 08:30 duban@bureau 待复核 黄色预警核查(复核) 1',
    '2022-06-08 08:30 jiuzhu@bureau 待复核 黄色预警核查(复核) 1',
    '2022-06-09 08:30 officer@maoba 已退回 黄色预警核查(重办) 1',
    '2022-06-10 08:30 officer@maoba 新任务 救助落实 1',
    '2022-06-10 08:30 officer@maoba 已通过 黄色预警核查(重办) 1',
  ])
})

test('a late county review does not count against the town, and the county is told', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'yellow' })
  await when(stack.pool, 'YJ1', { action: 'submit', result: { outcome: 'dibao' } })
  await stack.advanceTo('2022-06-17', '18:00')
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-06 08:30 duban@bureau 待复核 黄色预警核查(复核) 1',
    '2022-06-06 08:30 jiuzhu@bureau 待复核 黄色预警核查(复核) 1',
    '2022-06-10 08:30 duban@bureau 提醒 黄色预警核查(复核) 1',
    '2022-06-10 08:30 jiuzhu@bureau 提醒 黄色预警核查(复核) 1',
    '2022-06-14 08:30 duban@bureau 逾期 黄色预警核查(复核) 1',
    '2022-06-14 08:30 jiuzhu@bureau 逾期 黄色预警核查(复核) 1',
    '2022-06-14 08:30 leader@bureau 督办 黄色预警核查(复核) 1',
  ])
})

test('a returned warning is redone in half the time, with a clock of its own', async () => {
  stack = await startStack({ start: instantAt('2022-06-06', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await when(stack.pool, 'YJ1', { action: 'submit', result: { outcome: 'dibao' } })
  await when(stack.pool, 'YJ1', { action: 'return', reason: '材料不全' })
  await stack.advanceTo('2022-06-10', '18:00')
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-07 08:30 officer@maoba 已退回 橙色预警核查(重办) 1',
    '2022-06-09 08:30 officer@maoba 提醒 橙色预警核查(重办) 1',
    '2022-06-10 08:30 head@maoba 督办 橙色预警核查(重办) 1',
    '2022-06-10 08:30 officer@maoba 逾期 橙色预警核查(重办) 1',
  ])
})

test('an assignment that joins a deadline after its reminder is told of in the next morning’s round', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-08', '09:00')
  await givenWarning(stack.pool, { id: 'YJ2', level: 'orange', issuedOn: '2022-06-02' })
  await stack.advanceTo('2022-06-09', '18:00')
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-06 08:30 officer@maoba 新任务 橙色预警核查 1',
    '2022-06-08 08:30 officer@maoba 提醒 橙色预警核查 1',
    '2022-06-09 08:30 officer@maoba 新任务 橙色预警核查 2',
  ])
})

test('old data registered silently causes no mail about past lateness, but about what comes', async () => {
  stack = await startStack({ start: instantAt('2022-06-13', '10:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange', issuedOn: '2022-06-02', silent: true })
  await stack.advanceTo('2022-06-15', '18:00')
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-15 08:30 duban@bureau 督办 橙色预警核查 1',
    '2022-06-15 08:30 head@maoba 已上报 橙色预警核查 1',
    '2022-06-15 08:30 jiuzhu@bureau 督办 橙色预警核查 1',
    '2022-06-15 08:30 officer@maoba 逾期 橙色预警核查 1',
  ])
})

test('old data registered silently tells of what comes alone, however late it is looked at first', async () => {
  stack = await startStack({ start: instantAt('2022-06-13', '10:00'), idle: true })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange', issuedOn: '2022-06-02', silent: true })
  await stack.stepTo('2022-06-15', '09:00')
  await stack.restartEngine()
  await stack.advanceTo('2022-06-15', '18:00')
  // The head's own rung lay before: he gets a copy of the next one and is not told to act.
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-15 14:30 duban@bureau 督办 橙色预警核查 1',
    '2022-06-15 14:30 head@maoba 已上报 橙色预警核查 1',
    '2022-06-15 14:30 jiuzhu@bureau 督办 橙色预警核查 1',
    '2022-06-15 14:30 officer@maoba 逾期 橙色预警核查 1',
  ])
})

test('after a jump of a week the missed moments collapse into one digest each', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-06', '09:00')
  await stack.jumpTo('2022-06-15', '10:00')
  await stack.advanceTo('2022-06-15', '18:00')
  expect((await acceptedLines(stack.pool)).slice(1)).toEqual([
    '2022-06-15 14:30 duban@bureau 督办 橙色预警核查 1',
    '2022-06-15 14:30 head@maoba 督办 橙色预警核查 1',
    '2022-06-15 14:30 jiuzhu@bureau 督办 橙色预警核查 1',
    '2022-06-15 14:30 officer@maoba 逾期 橙色预警核查 1',
  ])
})

import { afterEach, expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { actorWith, CENTRE, COUNTY, heldRole, TOWN } from '../support/actors.ts'
import { acceptedLines } from '../support/mails.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning, when } from '../support/warnings.ts'

let stack: Stack
afterEach(() => stack.stop())

const centre = actorWith(heldRole('relief-centre', CENTRE))
const leader = actorWith(heldRole('bureau-leader', COUNTY))
const officer = { ...actorWith(heldRole('town-officer', TOWN)), id: 'pe_officer' }

type Standing = { state: string; stage: string; dueOn: string; late: boolean }
const rowOf = (id: string) =>
  row<Standing>(
    stack.pool,
    `select state, stage, due_on as "dueOn", ended_late as late from obligations where external_id = $1`,
    [id],
  )
const corrections = async () => {
  const mails = await acceptedTexts()
  return mails.flatMap(({ text }) =>
    text.split('\n').filter((line) => /暂停期间|已恢复办理|延期(已|没有)批准/.test(line)),
  )
}
const acceptedTexts = async () =>
  (
    await stack.pool.query<{ text: string }>(
      `select text_body as text from mails where state = 'accepted' order by settled_at, to_address`,
    )
  ).rows

test('a paused warning is told of by nobody until the pause ends by itself, once; then it goes on where it stopped', async () => {
  stack = await startStack({ start: instantAt('2022-06-06', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-08', '10:00')
  // Due on the 13th, two working days used. Paused from the 8th, 24:00, to the 17th, 24:00: seven working days.
  const pause = {
    action: 'suspend',
    reasonCode: 'disaster',
    reason: '道路冲毁',
    until: '2022-06-17',
  } as const
  await when(stack.pool, 'YJ1', pause, centre)
  expect(await rowOf('YJ1')).toEqual({
    state: 'suspended',
    stage: 'pause',
    dueOn: '2022-06-22',
    late: false,
  })
  await stack.advanceTo('2022-06-17', '20:00')
  const during = (await acceptedLines(stack.pool)).filter((line) => !line.endsWith('现状'))
  expect(during).toEqual([
    '2022-06-07 08:30 officer@maoba 新任务 橙色预警核查 1',
    // Whoever approved it is told before it ends, and on its day.
    '2022-06-15 08:30 duban@bureau 提醒 橙色预警核查(暂停) 1',
    '2022-06-15 08:30 jiuzhu@bureau 提醒 橙色预警核查(暂停) 1',
    '2022-06-17 08:30 duban@bureau 提醒 橙色预警核查(暂停) 1',
    '2022-06-17 08:30 jiuzhu@bureau 提醒 橙色预警核查(暂停) 1',
  ])
  await stack.advanceTo('2022-06-24', '18:00')
  expect(await rowOf('YJ1')).toEqual({
    state: 'open',
    stage: 'perform',
    dueOn: '2022-06-22',
    late: false,
  })
  expect((await acceptedLines(stack.pool)).filter((line) => !line.endsWith('现状')).slice(5)).toEqual([
    '2022-06-20 08:30 officer@maoba 提醒 橙色预警核查 1',
    '2022-06-22 08:30 officer@maoba 提醒 橙色预警核查 1',
    '2022-06-23 08:30 head@maoba 督办 橙色预警核查 1',
    '2022-06-23 08:30 officer@maoba 逾期 橙色预警核查 1',
  ])
  expect(await corrections()).toEqual([
    expect.stringContaining('YJ1 已暂停'),
    expect.stringContaining('YJ1 已恢复办理,限时为6月22日'),
  ])
  const resumed = `select count(*)::int as n from events e join obligations o on o.id = e.obligation
    where o.external_id = 'YJ1' and e.action = 'resume'`
  expect(await row(stack.pool, resumed)).toEqual({ n: 1 })
})

test('what is late stays late while it is paused, is pressed by nobody, and is escalated again from where it stood', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  // Due on the 10th; rung 1 on the 13th. On the 14th it is two working days late.
  await stack.advanceTo('2022-06-14', '10:00')
  const pause = {
    action: 'suspend',
    reasonCode: 'away-for-now',
    reason: '住院',
    until: '2022-06-30',
  } as const
  await when(stack.pool, 'YJ1', pause, centre)
  await stack.advanceTo('2022-06-20', '10:00')
  expect(await rowOf('YJ1')).toMatchObject({ state: 'suspended', late: true })
  await when(stack.pool, 'YJ1', { action: 'resume' }, centre)
  // Four working days were paused: the 15th to the 20th.
  expect(await rowOf('YJ1')).toEqual({
    state: 'open',
    stage: 'perform',
    dueOn: '2022-06-16',
    late: true,
  })
  await stack.advanceTo('2022-06-21', '18:00')
  const pressed = (await acceptedLines(stack.pool)).filter((line) => /督办|逾期|已上报/.test(line))
  expect(pressed).toEqual([
    '2022-06-13 08:30 head@maoba 督办 橙色预警核查 1',
    '2022-06-13 08:30 officer@maoba 逾期 橙色预警核查 1',
    // The third working day late is the next rung.
    '2022-06-21 08:30 duban@bureau 督办 橙色预警核查 1',
    '2022-06-21 08:30 head@maoba 已上报 橙色预警核查 1',
    '2022-06-21 08:30 jiuzhu@bureau 督办 橙色预警核查 1',
    '2022-06-21 08:30 officer@maoba 逾期 橙色预警核查 1',
  ])
})

test('a request that nobody answers is escalated; granted after the day what was asked in time is not late', async () => {
  stack = await startStack({ start: instantAt('2022-06-06', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-13', '10:00')
  await when(stack.pool, 'YJ1', { action: 'request-extension', reason: '户主住院', days: 4 }, officer)
  await stack.advanceTo('2022-06-16', '10:00')
  const asked = (await acceptedLines(stack.pool)).filter((line) => line.includes('延期申请'))
  expect(asked).toEqual([
    '2022-06-14 08:30 duban@bureau 待批 橙色预警核查(延期申请) 1',
    '2022-06-14 08:30 jiuzhu@bureau 待批 橙色预警核查(延期申请) 1',
    '2022-06-15 08:30 duban@bureau 提醒 橙色预警核查(延期申请) 1',
    '2022-06-15 08:30 jiuzhu@bureau 提醒 橙色预警核查(延期申请) 1',
    '2022-06-16 08:30 duban@bureau 逾期 橙色预警核查(延期申请) 1',
    '2022-06-16 08:30 jiuzhu@bureau 逾期 橙色预警核查(延期申请) 1',
    '2022-06-16 08:30 leader@bureau 督办 橙色预警核查(延期申请) 1',
  ])
  await when(stack.pool, 'YJ1', { action: 'grant-extension' }, centre)
  expect(await rowOf('YJ1')).toEqual({
    state: 'open',
    stage: 'perform',
    dueOn: '2022-06-17',
    late: false,
  })
  await stack.advanceTo('2022-06-17', '18:00')
  await when(stack.pool, 'YJ1', { action: 'submit', result: { outcome: 'ineligible' } })
  expect(await rowOf('YJ1')).toMatchObject({ state: 'submitted', late: false })
  expect((await acceptedLines(stack.pool)).filter((line) => /maoba (督办|逾期)/.test(line))).toEqual([])
  expect(await corrections()).toEqual([expect.stringContaining('YJ1 延期已批准,限时改为6月17日')])
})

test('refused after the day, the waiting is not counted, and the performer is pressed from then on', async () => {
  stack = await startStack({ start: instantAt('2022-06-06', '09:00') })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'red' })
  await stack.advanceTo('2022-06-09', '10:00')
  await when(stack.pool, 'YJ1', { action: 'request-extension', reason: '户主外出', days: 5 }, officer)
  await stack.advanceTo('2022-06-13', '10:00')
  await when(stack.pool, 'YJ1', { action: 'refuse-extension', reason: '可以电话核实' }, leader)
  expect(await rowOf('YJ1')).toEqual({
    state: 'open',
    stage: 'perform',
    dueOn: '2022-06-13',
    late: false,
  })
  await stack.advanceTo('2022-06-14', '18:00')
  const pressed = (await acceptedLines(stack.pool)).filter((line) => /(督办|逾期) 红色预警核查 1/.test(line))
  expect(pressed).toEqual([
    '2022-06-14 08:30 head@maoba 督办 红色预警核查 1',
    '2022-06-14 08:30 officer@maoba 逾期 红色预警核查 1',
  ])
})

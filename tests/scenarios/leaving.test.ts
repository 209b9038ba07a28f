import { afterEach, beforeEach, expect, test } from 'vitest'
import { now as businessNow } from '../../src/services/schedule/clock.ts'
import { disableUser } from '../../src/services/offboarding/offboard.ts'
import { createPool, inTransaction, row, rows } from '../../src/db/pool.ts'
import { inScope } from '../../src/db/row-scope.ts'
import { userByEmail } from '../../src/services/people/users.ts'
import { administer } from '../../src/services/access/administering.ts'
import { dayOf, instantAt } from '../../src/domain/time/days.ts'
import { acceptedLines } from '../support/mails.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning } from '../support/warnings.ts'
import { nameHolder } from '../support/holders.ts'

const OFFICER = 'officer@maoba.ziyang.test'

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
})
afterEach(() => stack.stop())

/** @returns how many obligations went back to the office */
function disable(email: string): Promise<number> {
  return inTransaction(stack.pool, async (tx) => {
    const user = (await userByEmail(tx, email))!
    return disableUser(tx, user, { now: await businessNow(tx), wallNow: Date.now() })
  })
}

/** As an administrator does over HTTP: by the gate, which sees no obligations. */
async function disableOverHttp(email: string): Promise<void> {
  const gate = createPool(stack.database.url, { role: 'duban_gate' })
  const today = dayOf(await businessNow(stack.pool))
  const by = { id: 'pe_administrator', counties: ['sn.ak.zy'], today, wallNow: Date.now() }
  await inScope(gate, { person: by.id, offices: [], counties: by.counties, audit: false }, async (tx) => {
    const user = (await userByEmail(tx, email))!
    await administer(tx, by, user, { action: 'disable' })
  })
  await gate.end()
}

/** As the obligation of one officer alone. */
async function name(email: string, ...externalIds: string[]): Promise<void> {
  // What begins is told to the whole office before anybody is named.
  await stack.settle()
  const found = await row<{ id: string }>(stack.pool, 'select id from people where email = $1', [email])
  await nameHolder(stack.pool, found?.id ?? '', externalIds)
}

const colleague = (email: string) =>
  stack.pool.query(
    `with made as (insert into people (id, name, email) values ('pe_colleague', '同事', $1) returning id)
     insert into person_roles (person, office, role) select id, 'sn.ak.zy.maoba', 'town-officer' from made`,
    [email],
  )

function told() {
  return rows<{ email: string; text: string; subject: string }>(
    stack.pool,
    `select p.email, m.text_body as text, m.subject from mails m join people p on p.id = m.person where m.text_body ~ '账号已停用' order by 1`,
  )
}

test('the assignments of somebody who leaves belong to the office again, and its people are reminded', async () => {
  await colleague('colleague@maoba.ziyang.test')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await givenWarning(stack.pool, { id: 'YJ2', level: 'orange' })
  await name(OFFICER, 'YJ1', 'YJ2')
  await stack.advanceTo('2022-06-06', '11:00')
  expect(await disable(OFFICER)).toBe(2)
  await stack.advanceTo('2022-06-08', '18:00')
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-06 08:30 colleague@maoba 新任务 橙色预警核查 2',
    '2022-06-06 08:30 officer@maoba 新任务 橙色预警核查 2',
    '2022-06-08 08:30 colleague@maoba 提醒 橙色预警核查 2',
  ])
})

test('the relief centre is told on the next morning how many obligations, and whose', async () => {
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await name(OFFICER, 'YJ1')
  await stack.advanceTo('2022-06-06', '11:00')
  await disable(OFFICER)
  await stack.advanceTo('2022-06-07', '12:00')
  const mails = await told()
  expect(mails.map((m) => m.email)).toEqual(['duban@bureau.ziyang.test', 'jiuzhu@bureau.ziyang.test'])
  const sentence =
    '毛坝镇示例·毛坝民政办经办的账号已停用,名下 1 件未办结事项已转由所在单位承办;请确认该单位仍有人经办。'
  for (const { text } of mails) expect(text).toContain(sentence)
})

test('after disabling over HTTP the courier gives assignments back and passes on what waited', async () => {
  await colleague('colleague@maoba.ziyang.test')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await name(OFFICER, 'YJ1')
  await stack.advanceTo('2022-06-08', '08:29')
  await disableOverHttp(OFFICER)
  await stack.advanceTo('2022-06-08', '15:00')
  expect(await acceptedLines(stack.pool)).toContain('2022-06-08 08:30 colleague@maoba 提醒 橙色预警核查 1')
  expect((await told()).map((m) => m.email)).toEqual([
    'duban@bureau.ziyang.test',
    'jiuzhu@bureau.ziyang.test',
  ])
  expect(await rows(stack.pool, 'select 1 from assignments where person is not null')).toEqual([])
  expect(await rows(stack.pool, 'select 1 from departures')).toEqual([])
})

test('the reminder for somebody absent goes to the substitute', async () => {
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.pool.query(
    `update people set absent_from = '2022-06-06', substitute = (select id from people where email = 'head@maoba.ziyang.test') where email = $1`,
    [OFFICER],
  )
  await stack.advanceTo('2022-06-08', '18:00')
  expect(await acceptedLines(stack.pool)).toContain('2022-06-08 08:30 head@maoba 提醒 橙色预警核查 1')
  expect((await acceptedLines(stack.pool)).filter((line) => line.includes('officer@maoba 提醒'))).toEqual([])
})

test('a reminder that waited for the next round goes to whoever has the role now', async () => {
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-08', '08:29')
  const queued = () =>
    rows<{ email: string; kind: string; state: string }>(
      stack.pool,
      'select p.email, n.kind, n.state from notifications n join people p on p.id = n.person where n.deadline is not null order by n.id',
    )
  const told = { email: OFFICER, kind: 'assigned', state: 'mailed' }
  expect(await queued()).toEqual([told, { email: OFFICER, kind: 'reminder', state: 'queued' }])
  await disable(OFFICER)
  await stack.advanceTo('2022-06-08', '09:00')
  // Nobody else is an officer of that town: its head is told in their place.
  expect((await acceptedLines(stack.pool)).slice(1)).toEqual([
    '2022-06-08 08:30 head@maoba 转给您 橙色预警核查 1',
  ])
  expect(await queued()).toMatchObject([
    told,
    { state: 'moot' },
    { email: 'head@maoba.ziyang.test', state: 'mailed' },
  ])
  const vacant = await rows(stack.pool, 'select role, reason from not_reached')
  expect(vacant).toEqual([{ role: 'holder', reason: 'vacant' }])
})

test("with an empty relief centre the bureau's leader is told, and without one the not-reached list", async () => {
  await disable('jiuzhu@bureau.ziyang.test')
  await disable('duban@bureau.ziyang.test')
  await stack.advanceTo('2022-06-06', '12:00')
  // What the second of the centre was owed about the first went with them; the leader hears of the second.
  expect((await told()).map((m) => m.email)).toEqual(['leader@bureau.ziyang.test'])
  expect(await rows(stack.pool, 'select 1 from not_reached')).toEqual([])
  await disable('leader@bureau.ziyang.test')
  expect(await rows(stack.pool, 'select role, reason from not_reached')).toEqual([
    { role: 'relief-centre', reason: 'vacant' },
  ])
})

test('a mail that has not left when its reader leaves is withdrawn, and whoever has the role gets its contents', async () => {
  await colleague('colleague@maoba.ziyang.test')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await name(OFFICER, 'YJ1')
  await stack.advanceTo('2022-06-08', '08:00')
  await stack.inbox.close()
  await stack.advanceTo('2022-06-08', '08:40')
  const waiting = () =>
    rows<{ email: string; state: string }>(
      stack.pool,
      `select p.email, m.state from mails m join people p on p.id = m.person
        where m.composed_at >= '2022-06-08' order by m.composed_at, p.email`,
    )
  expect(await waiting()).toEqual([{ email: OFFICER, state: 'queued' }])
  await disable(OFFICER)
  await stack.advanceTo('2022-06-08', '14:40')
  const mails = await waiting()
  expect(mails).toContainEqual({ email: OFFICER, state: 'failed' })
  expect(mails).toContainEqual({ email: 'colleague@maoba.ziyang.test', state: 'queued' })
})

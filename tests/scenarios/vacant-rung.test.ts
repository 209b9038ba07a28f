import { afterEach, expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { acceptedLines } from '../support/mails.ts'
import { COUNTY } from '../support/county.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning } from '../support/warnings.ts'

let stack: Stack
afterEach(() => stack.stop())

test('in a town without a head the rung passes on to the county at once, and the list says so', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await leaves('head@maoba.ziyang.test')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await givenWarning(stack.pool, { id: 'YJ2', level: 'orange', town: 'donghe' })
  await stack.advanceTo('2022-06-13', '18:00')
  expect((await acceptedLines(stack.pool)).filter((line) => line > '2022-06-13')).toEqual([
    '2022-06-13 08:30 duban@bureau 转给您 橙色预警核查 1',
    '2022-06-13 08:30 head@donghe 督办 橙色预警核查 1',
    '2022-06-13 08:30 jiuzhu@bureau 转给您 橙色预警核查 1',
    '2022-06-13 08:30 leader@bureau 现状',
    '2022-06-13 08:30 officer@donghe 逾期 橙色预警核查 1',
    '2022-06-13 08:30 officer@maoba 逾期 橙色预警核查 1',
  ])
  expect(await textTo('jiuzhu@')).toContain('→ 镇分管领导岗位现在没有人,请督促办结')
  expect(await notReached()).toEqual([
    {
      office: `${COUNTY}.maoba`,
      role: 'town-head',
      reason: 'vacant',
      told: expect.stringMatching(/@bureau/),
    },
  ])
})

test('in a town without an officer the head is reminded instead', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await leaves('officer@maoba.ziyang.test')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-08', '18:00')
  expect(await acceptedLines(stack.pool)).toEqual([
    '2022-06-06 08:30 head@maoba 转给您 橙色预警核查 1',
    '2022-06-08 08:30 head@maoba 转给您 橙色预警核查 1',
  ])
  expect(await textTo('head@maoba')).toContain('→ 经办人岗位现在没有人,请安排人办理')
  const head = { role: 'holder', reason: 'vacant', told: 'head@maoba.ziyang.test' }
  expect(await notReached()).toMatchObject([head, head])
})

test('in a town whose head is its only officer the rung passes on to the county, and the list says why', async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await leaves('head@maoba.ziyang.test')
  await stack.pool.query(
    `insert into person_roles (person, office, role) select id, $2, 'town-head' from people where email = $1`,
    ['officer@maoba.ziyang.test', `${COUNTY}.maoba`],
  )
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-13', '18:00')
  expect((await acceptedLines(stack.pool)).filter((line) => line > '2022-06-13')).toEqual([
    '2022-06-13 08:30 duban@bureau 转给您 橙色预警核查 1',
    '2022-06-13 08:30 jiuzhu@bureau 转给您 橙色预警核查 1',
    '2022-06-13 08:30 leader@bureau 现状',
    '2022-06-13 08:30 officer@maoba 逾期 橙色预警核查 1',
  ])
  expect(await textTo('duban@')).toContain('→ 镇分管领导就是逾期的经办人本人')
  expect(await notReached()).toMatchObject([{ role: 'town-head', reason: 'late-themselves' }])
})

/** Of the last mail to somebody. */
async function textTo(who: string): Promise<string> {
  const found = await rows<{ text: string }>(
    stack.pool,
    `select text_body as text from mails where to_address ^@ $1 order by composed_at desc limit 1`,
    [who],
  )
  return found[0]?.text ?? ''
}

function leaves(email: string) {
  return stack.pool.query('update people set active = false where email = $1', [email])
}

function notReached() {
  return rows(
    stack.pool,
    `select n.office, n.role, n.reason, p.email as told from not_reached n join people p on p.id = n.passed_to order by n.id`,
  )
}

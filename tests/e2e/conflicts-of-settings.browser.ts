import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { accessibilityFaults } from './axe.ts'
import { again, both, boxOf, signBothIn, takeTheirs, twoPeople } from './two-people.ts'

/** Two people keep one setting at once: an account, an office, the rules. */
const { app, complaints, two } = twoPeople()

test('an account that another administrator changed meanwhile is told field by field', async () => {
  const pages = await two()
  const [first, second] = pages
  const { id } = (await row<{ id: string }>(
    app.stack.pool,
    `select id from people where email like 'officer@maoba%'`,
  ))!
  await signBothIn(app, pages, /系统管理员/, `/app/admin/people/${id}`)
  await first.getByLabel(/单位电话/).fill('0915-4420001')
  await second.getByLabel(/单位电话/).fill('0915-4420002')
  const save = (page: Page) => page.getByRole('button', { name: '保存' }).click()
  await save(first)
  await first.getByText('已保存').waitFor()
  await save(second)
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '单位电话(可不填)')).toEqual(['0915-4420002', '0915-4420001'])
  await again(second).click()
  await second.getByText('已保存').waitFor()
})

test('an office that another administrator named meanwhile is told with both names', async () => {
  const pages = await two()
  const [first, second] = pages
  await signBothIn(app, pages, /系统管理员/, '/app/admin/offices')
  for (const page of pages) {
    await page
      .getByRole('row', { name: /高桥镇/ })
      .first()
      .getByRole('button')
      .first()
      .click()
  }
  const nameOf = (page: Page) => page.locator('main table form input').first()
  await nameOf(first).fill('高桥镇甲')
  await nameOf(second).fill('高桥镇乙')
  await first.getByRole('button', { name: '保存' }).click()
  await first
    .getByRole('row', { name: /高桥镇甲/ })
    .first()
    .waitFor()
  await second.getByRole('button', { name: '保存' }).click()
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '名称')).toEqual(['高桥镇乙', '高桥镇甲'])
  await takeTheirs(second)
  await second
    .getByRole('row', { name: /高桥镇甲/ })
    .first()
    .waitFor()
})

test('rules that somebody else published meanwhile: both differences, and mine is tried out upon theirs', async () => {
  const pages = await two()
  const [first, second] = pages
  const write = async (page: Page, days: number, reason: string) => {
    await app.signIn(page, /救助中心/, '/app/admin/policies')
    const { id } = (await row<{ id: string }>(
      app.stack.pool,
      'select id from policies order by version desc limit 1',
    ))!
    const text = await page.evaluate(async (path) => (await fetch(path)).text(), `/v1/policies/${id}/export`)
    await page.getByLabel(/全文/).fill(text.replace('workingDays: 5', `workingDays: ${days}`))
    await page.getByLabel(/为什么/).fill(reason)
    await page.getByRole('button', { name: '检查和试算' }).click()
    await page.getByText('在办事项如果都改按它').first().waitFor()
  }
  await write(first, 6, '会议纪要甲')
  await write(second, 7, '会议纪要乙')
  for (const page of pages) await page.getByRole('button', { name: '发布', exact: true }).click()
  const confirm = (page: Page) => page.getByRole('button', { name: /确定发布/ }).click()
  await confirm(first)
  await first
    .getByText(/第 2 版已发布|已发布/)
    .first()
    .waitFor()
  await confirm(second)
  await boxOf(second).getByText('发布了第 2 版').waitFor()
  await expect.poll(() => both(second, '为什么改(会议纪要、文号)')).toEqual(['会议纪要乙', '会议纪要甲'])
  await expect
    .poll(async () => (await both(second, '与现行的不同')).join())
    .toMatch(/5 个工作日 → 7.*5 个工作日 → 6/s)
  await second.getByRole('button', { name: '照新的一版再试算我的' }).click()
  await second
    .getByText(/6 个工作日 → 7/)
    .first()
    .waitFor()
})

test('a day of a phase that a colleague moved meanwhile: both days, and mine is tried out upon theirs', async () => {
  const pages = await two()
  const [first, second] = pages
  await signBothIn(app, pages, /救助中心主任/, '/app/')
  const tryOut = async (page: Page, day: string) => {
    await page.getByText('改一个阶段的到期日').click()
    await page.getByRole('combobox', { name: '阶段' }).selectOption({ label: '预警核查' })
    await page.getByLabel('新的到期日').fill(day)
    await page.getByRole('button', { name: '先看会挪动哪些' }).click()
    await page.getByRole('button', { name: '改到期日', exact: true }).waitFor()
  }
  const apply = async (page: Page) => {
    await page.getByRole('button', { name: '改到期日', exact: true }).click()
    await page.getByRole('button', { name: '确定改到期日' }).click()
  }
  await tryOut(first, '2022-10-14')
  await tryOut(second, '2022-10-21')
  await apply(first)
  await first.getByText('到期日已改为 10月14日').waitFor()
  await apply(second)
  await boxOf(second)
    .getByRole('listitem')
    .filter({ hasText: /救助中心主任.*改过/ })
    .waitFor()
  await expect.poll(() => both(second, '预警核查 新的到期日')).toEqual(['10月21日 周五', '10月14日 周五'])
  expect(await accessibilityFaults(second)).toEqual([])
  await boxOf(second).getByRole('button', { name: '先看会挪动哪些' }).click()
  await second.getByText('10月14日 周五 改到 10月21日 周五').waitFor()
  await apply(second)
  await second.getByText('到期日已改为 10月21日').waitFor()
})

test('a phase that a colleague let close meanwhile: both reasons, and it is not decided twice', async () => {
  const pages = await two()
  const [first, second] = pages
  await signBothIn(app, pages, /分管局领导/, '/app/')
  const decide = async (page: Page, reason: string) => {
    await page.getByText('放行一个阶段,或结束行动').click()
    await page.getByLabel('放行什么').selectOption({ label: '放行“启动部署”' })
    await page.getByLabel('理由', { exact: true }).fill(reason)
    await page.getByRole('button', { name: '放行', exact: true }).click()
  }
  await decide(first, '其余镇延后一周')
  await decide(second, '会议已定')
  for (const page of pages) await page.getByRole('button', { name: '确定放行' }).click()
  await first.getByText('已决定。').waitFor()
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '理由')).toEqual(['会议已定', '其余镇延后一周'])
  await expect.poll(() => both(second, '办理状态')).toEqual(['放行', '已放行'])
  await expect.poll(() => again(second).isDisabled()).toBe(true)
  await takeTheirs(second)
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

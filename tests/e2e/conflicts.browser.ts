import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { launchBrowser } from '../support/browser.ts'
import { platformFile, platformRow } from '../support/platform-file.ts'
import { type AppStack, startAppStack } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** Two people change one thing at once: whoever is second sees both versions and decides. */
let app: AppStack
let browser: Browser
const complaints: string[] = []

beforeAll(async () => {
  app = await startAppStack()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function openPage(): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|412)/.test(message.text()))
      complaints.push(message.text())
  })
  return page
}

const two = () => Promise.all([openPage(), openPage()])
const boxOf = (page: Page) => page.locator('.conflict')
/** What the box says of one thing: mine, and theirs. */
async function both(page: Page, word: string): Promise<string[]> {
  const line = boxOf(page).locator('tr', { has: page.getByRole('rowheader', { name: word, exact: true }) })
  return (await line.locator('td').allInnerTexts()).map((text) => text.replace('≠ ', ''))
}
const takeTheirs = (page: Page) => page.getByRole('button', { name: '用现在的,不保存我的' }).click()
const again = (page: Page) => page.getByRole('button', { name: '仍要保存我的' })

async function asOfficers(path: string): Promise<[Page, Page]> {
  const pages = await two()
  for (const page of pages) await app.signInAsOfficer(page, 'maoba', path)
  return pages
}

async function submitAs(page: Page, outcome: string, note: string): Promise<void> {
  await page.getByRole('button', { name: /^提交/ }).click()
  await page.getByLabel('核查结论').selectOption({ label: outcome })
  await page.getByLabel(/说明/).fill(note)
}

test('an item that somebody acknowledged meanwhile: who, when and what, and mine is sent again upon it', async () => {
  const [first, second] = await asOfficers(`/app/obligations/${await app.idOf('YJ1')}`)
  await submitAs(second, '临时救助', '已入户')
  await first.getByRole('button', { name: '签收' }).click()
  await first.getByRole('button', { name: '确定签收' }).click()
  await first.getByText('已签收。').waitFor()
  await second.getByRole('button', { name: '确定提交' }).click()
  await boxOf(second).waitFor()
  await boxOf(second).getByRole('listitem').filter({ hasText: '签收' }).waitFor()
  expect(await boxOf(second).getByRole('listitem').innerText()).toMatch(/\S+\s+签收\s+.*\d{2}:\d{2}/)
  expect(await both(second, '办理状态')).toEqual(['待复核', '待办'])
  expect(await both(second, '核查结论')).toEqual(['临时救助', '–'])
  expect(await accessibilityFaults(second)).toEqual([])
  await again(second).click()
  await second.getByText('已提交。').waitFor()
  const { state } = (await row<{ state: string }>(
    app.stack.pool,
    `select state from obligations where external_id = 'YJ1'`,
  ))!
  expect(state).toBe('submitted')
})

test('an item that somebody handed in meanwhile: mine beside theirs; it cannot be sent again, and theirs is taken', async () => {
  const [first, second] = await asOfficers(`/app/obligations/${await app.idOf('YJ2')}`)
  await submitAs(first, '临时救助', '住院,已申请')
  await submitAs(second, '不符合条件', '收入超过')
  await first.getByRole('button', { name: '确定提交' }).click()
  await first.getByText('已提交。').waitFor()
  await second.getByRole('button', { name: '确定提交' }).click()
  await boxOf(second).getByText('住院,已申请').first().waitFor()
  expect(await both(second, '核查结论')).toEqual(['不符合条件', '临时救助'])
  expect((await both(second, '说明'))[1]).toBe('住院,已申请')
  expect(await again(second).isDisabled()).toBe(true)
  await takeTheirs(second)
  await boxOf(second).waitFor({ state: 'detached' })
  expect(await second.innerText('main')).not.toContain('收入超过')
})

test('a review that a colleague decided meanwhile stays open until that was seen', async () => {
  const pages = await two()
  const [first, second] = pages
  for (const page of pages) {
    await app.signIn(page, /救助中心/, '/app/review')
    await page.getByRole('heading', { name: /因病预警核查/ }).waitFor()
    await page.waitForLoadState('networkidle')
  }
  await first.keyboard.press('a')
  await first.getByText('已通过。').waitFor()
  await second.keyboard.press('a')
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '办理状态')).toEqual(['已办结', '已办结'])
  await expect.poll(() => again(second).isDisabled()).toBe(true)
  await takeTheirs(second)
  await boxOf(second).waitFor({ state: 'detached' })
})

test('an account that another administrator changed meanwhile is told field by field', async () => {
  const pages = await two()
  const [first, second] = pages
  const { id } = (await row<{ id: string }>(
    app.stack.pool,
    `select id from people where email like 'officer@maoba%'`,
  ))!
  for (const page of pages) {
    await app.signIn(page, /系统管理员/, '/app/')
    await page.goto(`${app.url}/app/admin/people/${id}`)
    await page.getByLabel('姓名').waitFor()
  }
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
  for (const page of pages) {
    await app.signIn(page, /系统管理员/, '/app/')
    await page.goto(`${app.url}/app/admin/offices`)
    await page
      .getByRole('row', { name: /毛坝镇/ })
      .first()
      .getByRole('button')
      .first()
      .click()
  }
  const nameOf = (page: Page) => page.locator('main table form input').first()
  await nameOf(first).fill('毛坝镇甲')
  await nameOf(second).fill('毛坝镇乙')
  await first.getByRole('button', { name: '保存' }).click()
  await first.getByRole('row', { name: /毛坝镇甲/ }).first().waitFor()
  await second.getByRole('button', { name: '保存' }).click()
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '名称')).toEqual(['毛坝镇乙', '毛坝镇甲'])
  await takeTheirs(second)
  await second.getByRole('row', { name: /毛坝镇甲/ }).first().waitFor()
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

test('an import that a colleague cancelled meanwhile is told above it, and cannot be registered', async () => {
  const pages = await two()
  const [first, second] = pages
  await app.signIn(first, /救助中心/, '/app/imports')
  const file = platformFile([platformRow(951), platformRow(952)])
  await first
    .locator('main input[type=file]')
    .setInputFiles({ name: '同时.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await first.getByRole('button', { name: '登记 2 件' }).waitFor({ timeout: 50_000 })
  await app.signIn(second, /救助中心/, new URL(first.url()).pathname)
  await second.getByRole('button', { name: /^登记/ }).waitFor()
  await first.getByRole('button', { name: '不登记,取消' }).click()
  await first.getByText('已取消').first().waitFor()
  await second.getByRole('button', { name: /^登记/ }).click()
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '办理状态')).toEqual(['登记', '已取消'])
  expect(await again(second).isDisabled()).toBe(true)
  await takeTheirs(second)
  await boxOf(second).waitFor({ state: 'detached' })
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type AppStack, startAppStack } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

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

async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|409)/.test(message.text()))
      complaints.push(message.text())
  })
  return page
}
const states = async () => {
  const asked = `select external_id as id, acknowledged_at is not null as done from obligations where external_id is not null order by 1`
  return (await app.stack.pool.query<{ id: string; done: boolean }>(asked)).rows
}
const acknowledged = async () => (await states()).filter(({ done }) => done).map(({ id }) => id)

test('a view is kept under a name, shared, chosen again and dropped', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=overdue&level=orange')
  const open = page.url()
  await page.getByText('保存视图').click()
  await page.getByLabel('名称').fill('橙色逾期')
  await page.getByLabel('给谁看').selectOption({ index: 1 })
  await page.getByRole('button', { name: '保存', exact: true }).click()
  const kept = page.getByRole('navigation', { name: '保存的视图' }).getByRole('link', { name: /橙色逾期/ })
  await kept.waitFor()
  await page.goto(`${app.url}/app/obligations?standing=all`)
  await kept.click()
  await page.waitForURL((url) => url.searchParams.get('level') === 'orange')
  expect(new URL(page.url()).searchParams.get('standing')).toBe(new URL(open).searchParams.get('standing'))
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: '去掉“橙色逾期”' }).click()
  await page.getByRole('button', { name: /^确定/ }).click()
  await kept.waitFor({ state: 'detached' })
  await page.context().close()
})

test('what is new to an officer is marked until it was opened, and a column is chosen and stays', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/obligations')
  const row = page.getByRole('row', { name: /因病预警核查/ }).first()
  await row.getByText('● 新').waitFor()
  await row.getByRole('link').click()
  await page
    .getByRole('complementary')
    .getByRole('heading', { name: /因病预警核查/ })
    .waitFor()
  await row.getByText('● 新').waitFor({ state: 'detached' })
  // Beside an open item the list has room for few columns.
  await page.goto(new URL('/app/obligations', page.url()).href)
  await page.locator('summary', { hasText: '显示的列' }).click()
  await page.getByLabel('因素').last().check()
  await page.getByRole('columnheader', { name: '因素' }).waitFor()
  await page.reload()
  await page.getByRole('columnheader', { name: '因素' }).waitFor()
  await page.context().close()
})

test('many are signed for after some seconds in which it can be taken back, also when the list is empty by then', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/obligations?kind=warning')
  await page.getByLabel('选中这一页的全部').check()
  const sign = page.getByRole('button', { name: '签收 2 件' })
  await sign.click()
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByText('已撤回').waitFor()
  expect(await acknowledged()).toEqual([])
  await sign.click()
  await page.locator('#list-filters').getByLabel('状态').selectOption('done')
  await page.getByText('没有符合这些条件的事项。').waitFor()
  await page.getByText('已签收 2 件。').waitFor()
  expect(await acknowledged()).toEqual(['YJ1', 'YJ2'])
  await page.locator('#list-filters').getByLabel('状态').selectOption('held')
  await page
    .getByRole('row', { name: /因病预警核查/ })
    .first()
    .waitFor()
  // Whoever signed has seen them, and their own act is no change.
  await page
    .getByText(/● (新|有变动)/)
    .first()
    .waitFor({ state: 'detached' })
  await page.context().close()
})

test('a file has exactly the rows of the list', async () => {
  const page = await openPage({ acceptDownloads: true })
  await app.signInAsOfficer(page, 'maoba', '/app/obligations?kind=warning')
  const arrives = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  const text = readFileSync(await (await arrives).path(), 'utf8')
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('姓名(已遮盖)')
  for (const line of lines.slice(1)) expect(line).toMatch(/^YJ[12],毛坝镇,因病预警核查,/)
  await page.context().close()
})

test('a household’s number is looked up apart, and stands in no address', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=all')
  await page.getByRole('searchbox').fill('619999 19800101 0018')
  await page.getByRole('searchbox').press('Enter')
  const found = page.getByRole('region', { name: '按号码查找的结果' })
  await found.getByText('没有这个号码的').waitFor()
  expect(page.url()).not.toContain('619999')
  expect(await accessibilityFaults(page)).toEqual([])
  await found.getByRole('button', { name: /按编号查找/ }).click()
  await page.waitForURL((url) => url.searchParams.get('q') === '619999198001010018')
  await page.context().close()
})

test('an administrator is led through what a county still needs', async () => {
  const page = await openPage()
  await app.signIn(page, /系统管理员/, '/app/admin/beginning')
  await page
    .getByText(/还有 \d+ 步没有做完/)
    .first()
    .waitFor()
  expect(await page.innerText('main')).toContain('示例规则不是国家规定')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.context().close()
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

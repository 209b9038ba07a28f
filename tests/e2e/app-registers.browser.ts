import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { joinBrowser } from './join-browser.ts'
import { type AppStack, startAppStack } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** What is kept beside the work: who is away, and the roster household by household. */
let app: AppStack
let browser: Browser
const complaints: string[] = []
const PHONE = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true }

beforeAll(async () => {
  app = await startAppStack()
  browser = await joinBrowser()
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|422)/.test(message.text()))
      complaints.push(message.text())
  })
  return page
}

const personAt = async (email: string) =>
  (await row<{ id: string; from: string | null; substitute: string | null }>(
    app.stack.pool,
    'select id, absent_from::text as "from", substitute from people where email like $1',
    [email],
  ))!
const widthLeft = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth')

test('a town’s head enters the absence of an officer who is ill, and that the officer is back, on a telephone', async () => {
  const [head, officer] = await Promise.all(['head@maoba%', 'officer@maoba%'].map(personAt))
  const asked = `select person as id from person_roles where role = 'relief-centre' order by person limit 1`
  const relief = (await row<{ id: string }>(app.stack.pool, asked))!
  const page = await openPage(PHONE)
  await page.goto(`${app.url}/app/admin/absences`)
  await page.getByLabel('镇分管领导', { exact: true }).selectOption(head!.id)
  await page.getByRole('button', { name: '以镇分管领导登录' }).click()
  const line = page.getByRole('listitem').filter({ hasText: '镇经办人' }).first()
  await line.waitFor()
  expect(await page.innerText('main')).not.toContain('城关镇')
  await line.getByRole('button', { name: /^登记离岗/ }).tap()
  expect(await line.locator(`option[value="${head!.id}"]`).count()).toBe(0)
  await page.getByLabel(/^最后一天/).fill('2022-06-17')
  await page.getByLabel('代理人', { exact: true }).selectOption(relief.id)
  await line.getByRole('button', { name: '登记离岗' }).tap()
  await line.getByText('已登记。').waitFor()
  expect(await personAt('officer@maoba%')).toMatchObject({
    ...{ id: officer!.id, from: '2022-06-13', substitute: relief.id },
  })
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await widthLeft(page)).toBe(0)
  await line.getByRole('button', { name: /返岗/ }).tap()
  await line.getByRole('button', { name: /返岗/ }).last().tap()
  await line.getByText('已返岗。').waitFor()
  expect((await personAt('officer@maoba%')).from).toBeNull()
  await page.context().close()
})

test('an officer enters a household on the roster, notes that it is covered, and takes it off', async () => {
  const page = await openPage({ ...PHONE, colorScheme: 'dark' })
  await app.signInAsOfficer(page, 'maoba', '/app/roster')
  await page.getByRole('button', { name: '登记一户' }).tap()
  await page.getByLabel('镇', { exact: true }).selectOption({ label: '毛坝镇' })
  const form = page.locator('form.form')
  await form.getByLabel('类别').selectOption({ index: 1 })
  await form.getByLabel('保障情况').selectOption({ label: '未纳入保障' })
  await form.getByLabel('姓名').fill('钱大山')
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await widthLeft(page)).toBe(0)
  await form.getByRole('button', { name: '保存' }).tap()
  await page.getByText('已保存。').waitFor()
  await page.getByText('列出 1 户').waitFor()
  await page.getByRole('button', { name: /^修改/ }).tap()
  await form.getByLabel('保障情况').selectOption({ label: '低保' })
  await form.getByLabel(/^从哪天起纳入/).fill('2022-06-01')
  await form.getByRole('button', { name: '保存' }).tap()
  await page.getByText('已保存。').waitFor()
  await page
    .getByRole('table', { name: '逐户' })
    .getByText(/低保\(.*6月1日.*起\)/)
    .waitFor()
  await page.getByRole('link', { name: '钱*山' }).tap()
  await page.getByRole('heading', { name: '钱*山' }).waitFor()
  await page.getByText(/名册:.*低保\(.*6月1日.*起\)/).waitFor()
  await page.getByText('这里没有您能看到的事项、排查或抽查。').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await widthLeft(page)).toBe(0)
  await page.getByRole('link', { name: '名册' }).last().tap()
  await page.getByRole('button', { name: /^修改/ }).tap()
  await form.getByRole('button', { name: '从名册上去掉' }).tap()
  await form.getByText('不再计入应到户').waitFor()
  await form.getByRole('button', { name: /^确定从名册/ }).tap()
  await page.getByText('已从名册上去掉。').waitFor()
  await page.getByText('名册上还没有户').waitFor()
  await page.context().close()
})

test('a wrong file of the roster is taken back also after its page was left', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/roster')
  await page.locator('summary', { hasText: '从文件登记名册' }).click()
  const text = '乡镇,户主姓名,重点人群类别,保障情况\n毛坝镇,名册户一,边缘易致贫户,未纳入保障'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: '登记 1 户' }).click()
  await page.getByText('已登记。').waitFor()
  await page.reload()
  await page.locator('summary', { hasText: '登记过的名册文件' }).click()
  const line = page.getByRole('listitem').filter({ hasText: '新增 1 户' })
  await line.getByRole('button', { name: '撤回这个文件' }).click()
  await line.getByText('带来的 1 户去掉').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await line.getByRole('button', { name: /撤回/ }).last().click()
  await page.getByText('去掉 1 户,恢复原样 0 户,保留 0 户').waitFor()
  await line.getByText('撤回于').waitFor()
  await page.context().close()
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

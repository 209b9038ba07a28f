import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser, keepComplaints } from './app-stack.ts'

/** Forms whose answers are slow or fail: what somebody presses meanwhile is neither lost nor refused. */
const { app, browser } = appInBrowser()
const complaints: string[] = []
const PHONE = { viewport: { width: 390, height: 800 } }

/** What the worker of the app asks for by itself no page can hold up. 500 and no network are asked for. */
async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext({ serviceWorkers: 'block', ...options })).newPage()
  keepComplaints(page, complaints, /status of (401|500)|net::ERR_/)
  return page
}

/** Holds up what is asked there until it is let go. */
async function holdUp(page: Page, address: string): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route(address, async (route) => {
    await held
    await route.continue()
  })
  return letGo
}
/** What the page sent since, by method and path. */
function sentBy(page: Page): string[] {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && !request.url().includes('/v1/seen')) sent.push(request.url())
  })
  return sent
}

test('a household that is sent before its offices are there waits for them, and nothing of it is lost', async () => {
  const page = await openPage(PHONE)
  await app.signInAsOfficer(page, 'maoba', '/app/discovery')
  await page.getByLabel('姓名').fill('钱小溪')
  await page.getByLabel('等级').selectOption('yellow')
  const letGo = await holdUp(page, '**/v1/offices')
  await page.reload()
  const sent = sentBy(page)
  const save = page.getByRole('button', { name: '登记' })
  await save.waitFor()
  expect([await save.isDisabled(), await save.getAttribute('aria-busy')]).toEqual([true, 'true'])
  await page.getByLabel('姓名').press('Enter')
  await save.evaluate((button: { click: () => void }) => button.click())
  expect(sent).toEqual([])
  expect(await page.getByRole('alert').count()).toBe(0)
  letGo()
  await save.click()
  await page.waitForURL(/obligations\//)
  const asked = `select f.code from obligations o join offices f on f.code = o.office where o.source = 'discovery'`
  const { rows } = await app.stack.pool.query<{ code: string }>(asked)
  expect(rows).toEqual([{ code: expect.stringMatching(/maoba$/) as string }])
})

test('where the offices could not be read the form says so and asks again, with what was typed', async () => {
  const page = await openPage(PHONE)
  await app.signInAsOfficer(page, 'maoba', '/app/discovery')
  await page.getByLabel('姓名').fill('孙小溪')
  const detail = '程序出错了,请稍后再试。'
  await page.route('**/v1/offices', (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ detail }) }),
  )
  await page.reload()
  await page.getByText(detail).waitFor()
  const save = page.getByRole('button', { name: '登记' })
  expect([await save.isDisabled(), await save.getAttribute('aria-busy')]).toEqual([true, 'false'])
  await page.unroute('**/v1/offices')
  await page.getByRole('button', { name: '再试一次' }).press('Enter')
  await page.getByText(detail).waitFor({ state: 'hidden' })
  // By keyboard one goes on before what the form is sent with.
  await page.keyboard.press('Tab')
  expect(await save.evaluate((button) => button.matches(':focus'))).toBe(true)
  expect(await save.isEnabled()).toBe(true)
  expect(await page.getByLabel('姓名').inputValue()).toBe('孙小溪')
})

test('a form that waits for the network says so, and goes on by itself', async () => {
  const page = await openPage(PHONE)
  await app.signInAsOfficer(page, 'maoba', '/app/discovery')
  await page.route('**/v1/offices', (route) => route.abort())
  await page.reload()
  const save = page.getByRole('button', { name: '登记' })
  await save.waitFor()
  await page.context().setOffline(true)
  const waits = page.locator('main form').getByText('没有网络', { exact: false })
  await waits.waitFor()
  expect([await save.isDisabled(), await save.getAttribute('aria-busy')]).toEqual([true, 'false'])
  await page.unroute('**/v1/offices')
  await page.context().setOffline(false)
  await waits.waitFor({ state: 'hidden' })
  await expect.poll(() => save.isEnabled()).toBe(true)
})

test('a problem that is given a day waits for no other, where the last one could not be read', async () => {
  const page = await openPage()
  const detail = '程序出错了,请稍后再试。'
  await page.route('**/v1/problems/burn-down*', (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ detail }) }),
  )
  await app.signInAsOfficer(page, 'maoba', '/app/problems')
  await page.locator('main summary').first().click()
  const form = page.locator('main form').first()
  const register = form.locator('button.main')
  await form.getByText(detail).waitFor()
  expect(await register.isDisabled()).toBe(true)
  await page.getByLabel('整改期限').fill('2022-06-30')
  await page.getByLabel('整改期限').press('Tab')
  await expect.poll(() => register.isEnabled()).toBe(true)
  expect(await form.getByText(detail).count()).toBe(0)
})

test('where the progress that is shown failed, the last day comes by the campaign', async () => {
  const page = await openPage()
  await page.route(/\/v1\/problems\/burn-down$/, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"detail":"程序出错了"}' }),
  )
  await app.signInAsOfficer(page, 'maoba', '/app/problems')
  await page.getByText('程序出错了').waitFor()
  await page.locator('main summary').first().click()
  await expect.poll(() => page.locator('main form button.main').first().isEnabled()).toBe(true)
  expect(await page.getByLabel('整改期限').inputValue()).toMatch(/^2022-/)
})

test('a problem is not sent before its last day is known', async () => {
  const page = await openPage()
  const letGo = await holdUp(page, '**/v1/problems/burn-down*')
  await app.signInAsOfficer(page, 'maoba', '/app/problems')
  await page.locator('main summary').first().click()
  const register = page.getByRole('button', { name: /^登记/ }).first()
  expect(await register.isDisabled()).toBe(true)
  expect(await page.getByText('请填写', { exact: false }).count()).toBe(0)
  letGo()
  await expect.poll(() => register.isEnabled()).toBe(true)
  expect(await page.getByLabel('整改期限').inputValue()).toMatch(/^2022-/)
})

test.each([
  ['/app/roster', '登记一户'],
  ['/app/hand-overs', '一个单位的工作整体移交'],
  ['/app/admin/calendar', null],
])('the form of %s waits for the offices it offers', async (path, opener) => {
  const page = await openPage()
  const letGo = await holdUp(page, '**/v1/offices')
  await app.signIn(page, /救助中心/, path)
  if (opener) await page.locator('main').getByText(opener, { exact: true }).click()
  const send = page.locator('main form button.main').last()
  await send.waitFor()
  expect([await send.isDisabled(), await send.getAttribute('aria-busy')]).toEqual([true, 'true'])
  letGo()
  await expect.poll(() => send.getAttribute('aria-busy')).toBe('false')
})

test('the year of a plan is offered once it is known which year is next', async () => {
  const page = await openPage()
  const letGo = await holdUp(page, '**/v1/campaigns')
  await app.signIn(page, /救助中心/, '/app/year-plan')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.locator('main form').count()).toBe(0)
  letGo()
  await page.locator('main form').waitFor()
  expect(await page.locator('main form input').first().inputValue()).toBe('2023')
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

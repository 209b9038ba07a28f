import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { row, rows } from '../../src/db/pool.ts'
import { joinBrowser } from './join-browser.ts'
import { givenHouseholds, householdOf } from '../support/households.ts'
import { keys } from '../support/stack.ts'
import { type AppStack, startAppStack } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** Whom to visit and whom to call: households in the clear, in the pages. */
let app: AppStack
let browser: Browser
let ids: string[]
const complaints: string[] = []
const PHONE = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true }
const SHOWN = '[data-revealed]'
const household = householdOf(1)

beforeAll(async () => {
  app = await startAppStack()
  ids = await givenHouseholds(app.stack.pool, keys, { count: 3 })
  browser = await joinBrowser()
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Whatever a page complains of is a fault, but for what is refused on purpose. */
async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<[Page, BrowserContext]> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const expected = /status of (401|409|422|429)/.test(message.text())
    if (message.type() === 'error' && !expected) complaints.push(message.text())
  })
  return [page, context]
}

const item = (nth: number, query = '') => `/app/obligations/${ids[nth]}${query}`
const opener = (page: Page) => page.getByRole('button', { name: /^查看完整信息/ })
const trail = (action: string) =>
  rows<{ actor: string; subject: string; outcome: string }>(
    app.stack.pool,
    'select actor, subject, outcome from audit_events where action = $1 order by id',
    [action],
  )

/** True once a worker answers this page: it is active a little before it takes charge. */
const READY = `new Promise((resolve) => {
  const workers = navigator.serviceWorker
  if (workers.controller) resolve(true)
  workers.addEventListener('controllerchange', () => resolve(true))
})`

/** Everything that this browser keeps of the app: answers, files and pages as they were drawn, whatever the store. */
const KEPT = `(async () => {
  const kept = [['stores', JSON.stringify(localStorage) + JSON.stringify(sessionStorage)]]
  for (const name of await caches.keys()) {
    const store = await caches.open(name)
    for (const asked of await store.keys()) kept.push([asked.url, await (await store.match(asked)).text()])
  }
  for (const { name } of await indexedDB.databases()) kept.push([name, 'a database that nobody looks into'])
  return kept
})()`
/** The page is left for another, as far as it knows. */
const LEAVE = `Object.defineProperty(document, 'hidden', { value: true, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
  delete document.hidden`
/** Longer than it takes to keep a page. */
const KEEPING_MS = 1000

/** @returns the addresses of what is kept; a fault where any of it names the household */
async function keptOf(page: Page): Promise<string[]> {
  const kept = await page.evaluate<[address: string, text: string][]>(KEPT)
  for (const [address, text] of kept) {
    expect(text, address).not.toContain('a database')
    for (const word of [household.name, household.idNo, household.phone])
      expect(text.includes(word), `${word} in ${address}`).toBe(false)
  }
  return kept.map(([address]) => address)
}

test('an officer on a telephone comes from an item to the number to call with two taps, and nothing of it stays', async () => {
  const [page, context] = await openPage(PHONE)
  await app.signInAsOfficer(page, 'maoba', item(0))
  expect(await page.evaluate(READY)).toBe(true)
  // Read once more, now that the worker sees what is asked.
  await page.goto(app.url + item(0), { waitUntil: 'networkidle' })
  await opener(page).waitFor()
  expect(await page.innerText('main')).not.toContain(household.phone)
  await page.evaluate(LEAVE)
  const drawn = `${app.url}/app/drawn${item(0)}`
  await expect.poll(() => keptOf(page)).toContain(drawn)
  await opener(page).tap()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: '电话联系本户' }).tap()
  const shown = page.locator(SHOWN)
  await shown.waitFor()
  const call = shown.getByRole('link', { name: household.phone })
  expect(await call.getAttribute('href')).toBe(`tel:${household.phone}`)
  expect((await call.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  for (const word of [household.name, household.idNo, household.village, household.detail])
    expect(await shown.innerText()).toContain(word)
  expect(await shown.innerText()).toContain('还可以查看 49 户')
  expect(await page.evaluate(`document.activeElement === document.querySelector('${SHOWN}')`)).toBe(true)
  expect(await accessibilityFaults(page)).toEqual([])
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  expect(wide).toBe(0)

  const officer = await row<{ person: string }>(app.stack.pool, 'select person from reveals')
  expect(await trail('household.reveal')).toEqual([
    { actor: officer?.person, subject: ids[0], outcome: 'done' },
  ])

  // Whoever leaves the page while it is shown leaves nothing of it behind.
  await page.evaluate(LEAVE)
  await page.waitForTimeout(KEEPING_MS)
  expect(await keptOf(page)).toContain(`${app.url}/v1/obligations/${ids[0]}`)

  // To the list and back: nothing was kept of what was shown.
  await page
    .getByRole('link', { name: /督办台账/ })
    .first()
    .tap()
  await page.waitForURL((url) => url.pathname === '/app/obligations')
  await page.goBack()
  await opener(page).waitFor()
  expect(await page.locator(SHOWN).count()).toBe(0)
  await page.evaluate(LEAVE)
  await page.waitForTimeout(KEEPING_MS)
  await keptOf(page)
  const left = await page.content()
  for (const word of [household.name, household.idNo, household.phone]) expect(left).not.toContain(word)
  await context.close()
})

test('it is hidden by press, by itself after five minutes, and when the next one is opened', async () => {
  const [page, context] = await openPage()
  await page.clock.install()
  await app.signInAsOfficer(page, 'maoba', item(0, '?standing=all&kind=warning&sort=externalId&q=HH-'))
  const see = async () => {
    await opener(page).click()
    await page.getByRole('button', { name: '上门走访核查' }).click()
    await page.locator(SHOWN).waitFor()
  }
  await see()
  await page.getByRole('button', { name: '隐藏' }).click()
  await page.locator(SHOWN).waitFor({ state: 'detached' })
  expect(await page.evaluate('document.activeElement.innerText')).toContain('查看完整信息')
  await see()
  await page.clock.fastForward('05:01')
  await page.locator(SHOWN).waitFor({ state: 'detached' })
  await see()
  await page.getByRole('button', { name: '下一件' }).click()
  await page.waitForURL((url) => url.pathname === item(1))
  await opener(page).waitFor()
  expect(await page.locator(SHOWN).count()).toBe(0)
  await context.close()
})

test('on paper it stands only for whoever prints it from there', async () => {
  const [page, context] = await openPage()
  await app.signInAsOfficer(page, 'maoba', item(0))
  await opener(page).click()
  await page.getByRole('button', { name: '核对身份证件' }).click()
  const shown = page.locator(SHOWN)
  await shown.waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await shown.isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate('window.print = () => undefined')
  await page.getByRole('button', { name: '连同完整信息打印' }).click()
  await page.emulateMedia({ media: 'print' })
  expect(await shown.isVisible()).toBe(true)
  await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
  await shown.waitFor({ state: 'hidden' })
  // A browser that tells no end of printing.
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('button', { name: '连同完整信息打印' }).click()
  await page.emulateMedia({ media: 'print' })
  expect(await shown.isVisible()).toBe(true)
  await page.evaluate(`dispatchEvent(new Event('focus'))`)
  await shown.waitFor({ state: 'hidden' })
  await context.close()
})

test('a written reason that is too short is refused beside its field; what is erased or used up is told with what to do', async () => {
  const [page, context] = await openPage({ colorScheme: 'dark' })
  await app.signInAsOfficer(page, 'maoba', item(2))
  await opener(page).click()
  const reason = page.getByLabel('其他理由')
  await reason.fill('看看')
  await reason.press('Tab')
  await page.getByRole('button', { name: '按写的理由查看' }).press('Enter')
  await page.getByText('请写明为什么要查看,至少 5 个字').waitFor()
  expect(await reason.getAttribute('aria-invalid')).toBe('true')
  expect(await reason.inputValue()).toBe('看看')
  expect(await accessibilityFaults(page)).toEqual([])

  const erase = (when: string) =>
    app.stack.pool.query(`update subjects set anonymised_wall = ${when} where obligation = $1`, [ids[2]])
  await erase('now()')
  await reason.fill('看看是不是这一户')
  await page.getByRole('button', { name: '按写的理由查看' }).click()
  await page.getByText('保存期已满').waitFor()
  await erase('null')

  await app.stack.pool.query(
    `insert into reveals (person, obligation, encrypted_reason, key_id, at_wall)
     select r.person, r.obligation, r.encrypted_reason, r.key_id, now() from (select * from reveals limit 1) r, generate_series(1, 50)`,
  )
  await page.getByRole('button', { name: '上门走访核查' }).click()
  await page.getByText('您已用完').waitFor()
  await page.getByText('请承办这一件的同事查看').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await page.evaluate(`document.activeElement.closest('.reveal form') !== null`)).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByText('您已用完').waitFor({ state: 'detached' })
  await app.stack.pool.query('delete from reveals where id > 3')
  await context.close()
})

test('a household of a screening is shown the same way, and the trail names it', async () => {
  const asked = `select id from obligations where kind = 'screening' and office = 'sn.ak.zy.maoba' order by id limit 1`
  const screening = (await row<{ id: string }>(app.stack.pool, asked))!.id
  const [page, context] = await openPage(PHONE)
  await app.signInAsOfficer(page, 'maoba', `/app/obligations/${screening}`)
  await page.getByRole('button', { name: '记录一户' }).tap()
  await page.getByLabel('姓名').fill('赵小河')
  await page.getByRole('button', { name: '保存', exact: true }).tap()
  await opener(page).tap()
  await page.getByRole('button', { name: '上门走访核查' }).tap()
  await page.locator(SHOWN).getByText('赵小河').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  const entry = await row<{ id: string }>(app.stack.pool, 'select id from screening_entries')
  expect((await trail('household.reveal')).at(-1)).toMatchObject({ subject: entry?.id, outcome: 'done' })
  await context.close()
})

test('one after the other through the filtered list, by press and by the keys of the list, and back to it', async () => {
  const [page, context] = await openPage(PHONE)
  const list = '/app/obligations?standing=all&kind=warning&sort=externalId&q=HH-'
  await app.signInAsOfficer(page, 'maoba', list)
  await page.getByRole('link', { name: /因病/ }).first().tap()
  const at = (nth: number) => page.waitForURL((url) => url.pathname === item(nth))
  await at(0)
  const [previous, next] = ['上一件', '下一件'].map((name) => page.getByRole('button', { name }))
  await next!.tap()
  await at(1)
  // Whoever goes on by the keyboard still stands on the button.
  expect(await page.evaluate('document.activeElement.innerText')).toContain('下一件')
  await expect.poll(() => next!.isEnabled()).toBe(true)
  await page.keyboard.press('j')
  await at(2)
  await expect.poll(() => previous!.isEnabled()).toBe(true)
  expect(await next!.isEnabled()).toBe(false)
  await page.keyboard.press('k')
  await at(1)
  await page.goBack()
  await page.waitForURL((url) => url.pathname + url.search === list)
  await context.close()
})

test('no page wrote to the console, and none broke its policy', () => {
  expect(complaints).toEqual([])
})

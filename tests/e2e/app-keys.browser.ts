import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** The list by keyboard alone, as whoever works in it all day: no place, focus or scroll is lost. */
const { app, browser } = appInBrowser()
const complaints: string[] = []
/** What the app's worker fetches, a test cannot hold up. */
const DESK = { viewport: { width: 1280, height: 600 }, serviceWorkers: 'block' } as const
const ALL = '/app/obligations?standing=all&sort=externalId'

async function openList(options: Parameters<Browser['newContext']>[0], path = ALL): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  keepComplaints(page, complaints, /status of (401|409)/)
  await app.signIn(page, /救助中心/, path)
  await page.locator('tbody tr').nth(15).waitFor()
  await page.waitForLoadState('networkidle')
  return page
}
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
/** The place among the rows of what a selector finds. */
const nthOf = (page: Page, selector: string) =>
  page.evaluate<number>(
    `[...document.querySelectorAll('tbody tr')].findIndex((row) => row.matches(${JSON.stringify(selector)}))`,
  )
const AT = 'tr.at'
const FOCUSED = 'tr:focus-within'
const beside = (page: Page) => page.getByRole('complementary')
const topOf = (page: Page, nth: number) =>
  page
    .locator('tbody tr')
    .nth(nth)
    .evaluate((row) => row.getBoundingClientRect().top)

test('j and k walk through the rows, take the focus along, and keep it when an item is closed', async () => {
  const page = await openList(DESK)
  await press(page, 'j', 'j', 'j', 'k')
  expect([await nthOf(page, AT), await nthOf(page, FOCUSED)]).toEqual([1, 1])
  await press(page, 'Enter')
  const title = beside(page).getByRole('heading', { level: 1 })
  await title.waitFor()
  await press(page, 'j')
  expect(await nthOf(page, AT)).toBe(2)
  const second = await page.locator('tbody tr').nth(2).getAttribute('id')
  await page.waitForURL((url) => `row-${url.searchParams.get('open')}` === second)
  // Whatever somebody pressed in the item, they go on in the list.
  await beside(page).getByRole('button').first().focus()
  await press(page, 'Escape')
  await beside(page).waitFor({ state: 'detached' })
  expect([await nthOf(page, AT), await nthOf(page, FOCUSED)]).toEqual([2, 2])
  await page.context().close()
})

test('an item opens beside a row far down, and the list stays there; the next begins at its top', async () => {
  const page = await openList(DESK)
  for (let n = 0; n < 15; n++) await press(page, 'j')
  const scrolled = () => page.evaluate<number>('scrollY')
  expect(await scrolled()).toBeGreaterThan(0)
  await press(page, 'Enter')
  const title = beside(page).getByRole('heading', { level: 1 })
  await title.waitFor()
  const isSeen = async (nth: number) => {
    const top = await topOf(page, nth)
    return top >= 0 && top < DESK.viewport.height
  }
  expect([await isSeen(14), (await scrolled()) > 0]).toEqual([true, true])
  await beside(page).evaluate((of) => of.scrollTo(0, 200))
  await page.keyboard.press('k')
  await expect.poll(() => beside(page).evaluate((of) => of.scrollTop)).toBe(0)
  expect(await isSeen(13)).toBe(true)
  await press(page, 'Escape')
  await beside(page).waitFor({ state: 'detached' })
  expect([await isSeen(13), (await scrolled()) > 0]).toEqual([true, true])
  await page.context().close()
})

test('Back closes what was opened, then takes back the filter, and place and choice are as they were', async () => {
  const page = await openList(DESK)
  const [list, shown] = [page.url(), await page.locator('tbody tr').count()]
  for (let n = 0; n < 15; n++) await press(page, 'j')
  await press(page, 'x', 'Enter')
  await beside(page).getByRole('heading', { level: 1 }).waitFor()
  await press(page, 'k')
  const opened = await page.locator('tbody tr').nth(13).getAttribute('id')
  await page.waitForURL((url) => `row-${url.searchParams.get('open')}` === opened)
  const scrolled = await page.evaluate<number>('scrollY')
  // However many were read beside the list.
  await page.goBack()
  await beside(page).waitFor({ state: 'detached' })
  expect(page.url()).toBe(list)
  expect([await nthOf(page, AT), await page.evaluate<number>('scrollY')]).toEqual([13, scrolled])
  expect(await nthOf(page, FOCUSED)).toBe(13)
  await page.locator('.bulk').getByText('选中 1 件').waitFor()

  await page.locator('#list-filters').getByLabel('种类').selectOption('warning')
  await expect.poll(() => page.locator('tbody tr').count()).toBeLessThan(shown)
  expect(await page.locator('tbody :checked').count()).toBe(0)
  await page.goBack()
  await expect.poll(() => page.locator('tbody tr').count()).toBe(shown)
  expect(page.url()).toBe(list)
  expect([await nthOf(page, AT), await nthOf(page, 'tr:has(:checked)')]).toEqual([13, 14])
  await expect.poll(() => page.evaluate<number>('scrollY')).toBe(scrolled)

  // Closed by its button, the item is no step of its own.
  await press(page, 'Enter')
  await beside(page).getByRole('heading', { level: 1 }).waitFor()
  await beside(page).getByRole('button', { name: '关上' }).click()
  await beside(page).waitFor({ state: 'detached' })
  expect([page.url(), await nthOf(page, AT)]).toEqual([list, 13])
  await page.goForward()
  await beside(page).getByRole('heading', { level: 1 }).waitFor()
  await page.context().close()
})

test('a key that is held down moves at once, and opens the item it rests on alone', async () => {
  const page = await openList(DESK)
  await press(page, 'j', 'Enter')
  await beside(page).getByRole('heading', { level: 1 }).waitFor()
  await page.waitForTimeout(300)
  const asked: string[] = []
  page.on('request', (request) => {
    const [, id] = /\/v1\/obligations\/([^/?]+)$/.exec(request.url()) ?? []
    if (id) asked.push(id)
  })
  await page.evaluate(`for (let n = 0; n < 8; n++)
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', repeat: n > 0, bubbles: true }))`)
  expect(await nthOf(page, AT)).toBe(8)
  const last = await page.locator('tbody tr').nth(8).getAttribute('id')
  await page.waitForURL((url) => `row-${url.searchParams.get('open')}` === last)
  await beside(page).getByRole('heading', { level: 1 }).waitFor()
  expect(asked.length).toBeLessThanOrEqual(2)
  await page.context().close()
})

test('choosing moves no row; a range is chosen by Shift; b leads to what is done with them', async () => {
  const page = await openList(DESK)
  const before = await topOf(page, 2)
  await press(page, 'j', 'x')
  const bar = page.locator('.bulk')
  await bar.getByText('选中 1 件').waitFor()
  expect(await topOf(page, 2)).toBe(before)
  await press(page, 'j', 'j', 'j', 'Shift+X')
  await bar.getByText('选中 4 件').waitFor()
  const [place, height] = [await bar.boundingBox(), DESK.viewport.height]
  expect((place?.y ?? height) + (place?.height ?? 0)).toBeLessThanOrEqual(height)
  // A row that lies half below the bar is scrolled to before it is pressed.
  const faults = await accessibilityFaults(page)
  expect(faults.filter((fault) => !/^target-size: <a .*\/obligations\/ob_/.test(fault))).toEqual([])
  await press(page, 'b')
  expect(await bar.locator(':focus').count()).toBe(1)
  const ticks = page.locator('tbody input[type=checkbox]')
  await ticks.nth(6).click({ modifiers: ['Shift'] })
  await bar.getByText('选中 7 件').waitFor()
  // One that is chosen already takes the whole range back, and no tick tells otherwise.
  const ticked = page.locator('tbody input[type=checkbox]:checked')
  expect(await ticked.count()).toBe(7)
  await ticks.nth(4).click({ modifiers: ['Shift'] })
  await bar.getByText('选中 4 件').waitFor()
  expect([await ticked.count(), await ticks.nth(4).isChecked()]).toEqual([4, false])
  await page.context().close()
})

test('Escape leads out of the search, ? shows the keys over the page, and another sort keeps the rows until the next are there', async () => {
  const page = await openList(DESK)
  await press(page, '/')
  await page.keyboard.type('预警')
  await press(page, 'Escape', 'j')
  expect(await nthOf(page, AT)).toBe(0)
  const before = await topOf(page, 0)
  await press(page, '?')
  const keys = page.getByRole('region', { name: '键盘' })
  await keys.getByText('选到这一行').waitFor()
  expect(await topOf(page, 0)).toBe(before)
  expect(await accessibilityFaults(page)).toEqual([])
  await press(page, 'Escape')
  await keys.waitFor({ state: 'detached' })
  let goOn = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  await page.route('**/v1/obligations?*', async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('columnheader', { name: '截止' }).getByRole('button').click()
  await page.locator('table[aria-busy=true]').waitFor()
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(15)
  // Nothing is chosen among rows that may not be asked for any more.
  const boxes = page.locator('tbody input[type=checkbox]')
  expect(await boxes.first().isDisabled()).toBe(true)
  await press(page, 'x')
  goOn()
  await page.locator('table[aria-busy=false]').waitFor()
  expect(await page.locator('tbody :checked').count()).toBe(0)
  await boxes.first().check()
  await page.context().close()
})

test('another question begins at its top, wherever the keys went among the rows of before', async () => {
  const page = await openList(DESK)
  const table = (busy: boolean) => page.locator(`table[aria-busy=${busy}]`).waitFor()
  await press(page, 'j')
  let goOn = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  let stoodOn: string | null = null
  await page.route('**/v1/obligations?*', async (route) => {
    await held
    const answer = await route.fetch()
    const body = (await answer.json()) as { items: { id: string }[] }
    const items = body.items.filter(({ id }) => `row-${id}` !== stoodOn)
    await route.fulfill({ response: answer, json: { ...body, items } })
  })
  await page.getByRole('columnheader', { name: '截止' }).getByRole('button').click()
  await table(true)
  await page.evaluate('document.activeElement.blur()')
  for (let n = 0; n < 30; n++) await press(page, 'j')
  stoodOn = await page.locator(AT).getAttribute('id')
  goOn()
  await table(false)
  await press(page, 'j')
  expect(await nthOf(page, AT)).toBe(0)
  await page.context().close()
})

test('whoever comes back from an item stands on its row, and what was done leaves its place to the next', async () => {
  const page = await openList({ ...DESK, viewport: { width: 800, height: 600 } })
  await press(page, 'j', 'j', 'j', 'Enter')
  await page.getByRole('heading', { level: 1, name: /./ }).waitFor()
  await page.waitForURL((url) => /\/obligations\/ob_/.test(url.pathname))
  await page.goBack()
  await page.locator('tbody tr').first().waitFor()
  expect(await nthOf(page, AT)).toBe(2)
  await press(page, 'j')
  expect(await nthOf(page, AT)).toBe(3)

  // The row somebody stands on leaves the list.
  const ids = await page.evaluate<string[]>(`[...document.querySelectorAll('tbody tr')].map(({ id }) => id)`)
  await page.route('**/v1/obligations?*', async (route) => {
    const answer = await route.fetch()
    const body = (await answer.json()) as { items: { id: string }[] }
    const items = body.items.filter(({ id }) => `row-${id}` !== ids[3])
    await route.fulfill({ response: answer, json: { ...body, items } })
  })
  await page.clock.setFixedTime(Date.now() + 16_000)
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`)
  await page.locator(`[id="${ids[3]}"]`).waitFor({ state: 'detached' })
  await press(page, 'j')
  expect(await page.locator(AT).getAttribute('id')).toBe(ids[4])
  await page.context().close()
})

test('whoever comes to a row by Tab goes on from it, and Escape with nothing open moves nothing', async () => {
  const page = await openList(DESK)
  await press(page, 'j')
  // A row has its box and its link.
  await press(page, 'Tab', 'Tab')
  expect([await nthOf(page, AT), await nthOf(page, FOCUSED)]).toEqual([0, 1])
  await press(page, 'x')
  expect([await nthOf(page, AT), await nthOf(page, 'tr:has(:checked)')]).toEqual([1, 1])
  await press(page, 'Tab', 'Tab', 'j')
  expect([await nthOf(page, AT), await nthOf(page, FOCUSED)]).toEqual([3, 3])
  // Without Shift, as with Caps Lock, it is this row alone.
  await press(page, 'X')
  await page.locator('.bulk').getByText('选中 2 件').waitFor()
  await press(page, 'Escape')
  await page.locator('.bulk').waitFor({ state: 'detached' })
  expect(await page.locator('tbody :checked').count()).toBe(0)
  const scrolled = await page.evaluate<number>('scrollTo(0, document.body.scrollHeight), scrollY')
  expect(scrolled).toBeGreaterThan(0)
  await press(page, 'Escape')
  await page.waitForTimeout(100)
  expect(await page.evaluate<number>('scrollY')).toBe(scrolled)
  await press(page, '/')
  await page.locator('#list-search:focus').waitFor()
  await page.context().close()
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

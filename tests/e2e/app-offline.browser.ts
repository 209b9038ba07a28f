import { expect, test } from 'vitest'
import { appInBrowser } from './app-stack.ts'

const { app, browser } = appInBrowser()

/** True once a worker answers this page: it is active a little before it takes charge. */
const READY = `new Promise((resolve) => {
  const workers = navigator.serviceWorker
  if (workers.controller) resolve(true)
  workers.addEventListener('controllerchange', () => resolve(true))
})`
const KEPT = `caches.open('duban-answers').then((store) => store.keys()).then((keys) => keys.length)`

test('without a network an officer opens the app, reads the own list and item, and is told from when it is', async () => {
  const path = `/app/obligations/${await app.idOf('YJ1')}`
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const page = await context.newPage()
  await app.signInAsOfficer(page, 'maoba', path)
  expect(await page.evaluate(READY)).toBe(true)
  // Read once more, now that the worker sees what is asked.
  await page.goto(app.url + path, { waitUntil: 'networkidle' })
  await context.setOffline(true)
  await page.goto(app.url + path)
  await page.getByRole('heading', { name: /毛坝镇 因病预警核查/ }).waitFor()
  await page.getByText('看到的是存在本机的内容').waitFor()
  await page.getByRole('button', { name: /^提交/ }).click()
  await page.getByLabel(/说明/).fill('没有信号时写下')
  await context.setOffline(false)
  await page.reload()
  await page.getByRole('button', { name: /^提交/ }).click()
  expect(await page.getByLabel(/说明/).inputValue()).toBe('没有信号时写下')
  await page.getByText('看到的是存在本机的内容').waitFor({ state: 'detached' })
  await context.close()
})

test('whoever signs out leaves nothing to read behind', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await app.signIn(page, /救助中心/, '/app/')
  expect(await page.evaluate(READY)).toBe(true)
  await page.goto(`${app.url}/app/obligations`, { waitUntil: 'networkidle' })
  expect(await page.evaluate<number>(KEPT)).toBeGreaterThan(0)
  await page.evaluate(
    `fetch('/v1/session', { method: 'DELETE', headers: { 'x-duban': '1' } }).catch(() => undefined)`,
  )
  expect(await page.evaluate<number>(KEPT)).toBe(0)
  await context.close()
})

/** Addresses of pages that are kept as they were drawn. */
const DRAWN = `caches.open('duban-answers').then((store) => store.keys())
  .then((keys) => keys.map(({ url }) => url).filter((url) => url.includes('/app/drawn/')))`
/** The page is left for another, as far as it knows. */
const LEAVE = `Object.defineProperty(document, 'hidden', { value: true, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
  delete document.hidden`
/** What stands on the page before the app has drawn it. */
const BEFORE_APP = `window.drawnBefore = []
  new MutationObserver(() => {
    const app = document.querySelector('#app')
    if (app && !app.hasAttribute('data-v-app') && app.querySelector('h1'))
      window.drawnBefore.push({ title: app.querySelector('h1').innerText, note: app.querySelector('.refreshing').innerText, inert: app.inert })
  }).observe(document, { childList: true, subtree: true, attributes: true })`

test('whoever comes again sees the page as it was drawn, until the app has started; what was revealed is not among it', async () => {
  const path = `/app/obligations/${await app.idOf('YJ2')}`
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const page = await context.newPage()
  const complaints: string[] = []
  await app.signIn(page, /救助中心/, path)
  expect(await page.evaluate(READY)).toBe(true)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const kept = () => page.evaluate<string[]>(DRAWN)
  // A stranger's first question was refused.
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await expect.poll(kept).toEqual([app.url + path.replace('/app', '/app/drawn/app')])

  await page.addInitScript(BEFORE_APP)
  await page.goto(app.url + path)
  await page.locator('#app[data-v-app]:not([inert]) h1').waitFor()
  const [before] = await page.evaluate<{ title: string; note: string; inert: boolean }[]>('drawnBefore')
  expect(before).toMatchObject({
    inert: true,
    title: await page.getByRole('heading', { level: 1 }).innerText(),
  })
  expect(before?.note).toMatch(/\d月\d+日 \d\d:\d\d/)
  await page.waitForLoadState('networkidle')
  expect(complaints).toEqual([])

  await page.evaluate(`document.querySelector('h1').toggleAttribute('data-revealed')`)
  await page.evaluate(`caches.open('duban-answers').then((store) => store.delete('/app/drawn${path}'))`)
  await page.evaluate(LEAVE)
  await page.waitForTimeout(500)
  expect(await kept()).toEqual([])
  await page.evaluate(`document.querySelector('h1').toggleAttribute('data-revealed')`)
  await page.evaluate(LEAVE)
  await expect.poll(kept).toHaveLength(1)

  // Another page of this browser signs somebody else in: neither is it shown to them, nor kept anew.
  await page.evaluate(`localStorage.setItem('duban.session-mark', 'another')`)
  await page.goto(app.url + path)
  await page.locator('#app[data-v-app]:not([inert]) h1').waitFor()
  expect(await page.evaluate('drawnBefore')).toEqual([])
  await expect.poll(kept).toHaveLength(1)
  await page.evaluate(`caches.open('duban-answers').then((store) => store.delete('/app/drawn${path}'))`)
  await page.evaluate(`localStorage.setItem('duban.session-mark', 'a third')`)
  await page.evaluate(LEAVE)
  await page.waitForTimeout(500)
  expect(await kept()).toEqual([])
  await context.close()
})

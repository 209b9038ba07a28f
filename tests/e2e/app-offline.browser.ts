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

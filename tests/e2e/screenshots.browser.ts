import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type AppStack, startAppStack } from './app-stack.ts'

/** Where the pictures go; without it none are taken, but every page is opened. */
const FOLDER = process.env['SCREENSHOTS_FOLDER']

let app: AppStack
let browser: Browser
beforeAll(async () => {
  app = await startAppStack()
  browser = await launchBrowser()
  if (FOLDER) mkdirSync(FOLDER, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const SCREENS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
}
const PAGES = {
  overview: '/app/',
  list: '/app/obligations?standing=all',
  review: '/app/review',
  comparisons: '/app/comparisons',
  screenings: '/app/screenings',
  problems: '/app/problems',
  discovery: '/app/discovery',
  imports: '/app/imports',
  mails: '/app/mails',
  inbox: '/app/inbox',
  account: '/app/account',
}

test.each(
  (['light', 'dark'] as const).flatMap((theme) =>
    Object.entries(SCREENS).map(([screen, options]) => ({ theme, screen, options })),
  ),
)('every page shows its heading and no problem: $screen, $theme', async ({ theme, screen, options }) => {
  const page = await (await browser.newContext({ ...options, locale: 'zh-CN', colorScheme: theme })).newPage()
  await app.signIn(page, /救助中心/)
  const item = `/app/obligations/${await app.idOf('YJ1')}`
  for (const [name, path] of Object.entries({ ...PAGES, item })) {
    await page.goto(app.url + path, { waitUntil: 'networkidle' })
    await page.locator('main').getByRole('heading').first().waitFor({ state: 'attached' })
    expect([path, await page.getByRole('alert').allInnerTexts()]).toEqual([path, []])
    if (FOLDER) await page.screenshot({ path: `${FOLDER}/${name}-${screen}-${theme}.png` })
  }
  await page.context().close()
})

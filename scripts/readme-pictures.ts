import { chromium, type Page } from 'playwright-core'
import { browserOptions } from '../tests/support/browser.ts'

/**
 * Takes the three pictures of the README from a demonstration that runs: `npm run pictures -- http://127.0.0.1:8730`. What they show is
 * made up anew on each day.
 */
const FOLDER = 'docs/screenshots'
const url = process.argv[2] ?? 'http://127.0.0.1:8730'
const DESKTOP = { viewport: { width: 1366, height: 800 }, locale: 'zh-CN' }
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN' }

const inside = (page: Page) => page.waitForURL((at) => !at.pathname.endsWith('/sign-in'))
async function taken(page: Page, path: string, shown: string, name: string): Promise<void> {
  await page.goto(url + path, { waitUntil: 'networkidle' })
  await page.locator(shown).first().waitFor()
  await page.screenshot({ path: `${FOLDER}/${name}.png` })
  console.log(name)
}

const browser = await chromium.launch(browserOptions())
try {
  const centre = await (await browser.newContext(DESKTOP)).newPage()
  await centre.goto(`${url}/app/`)
  await centre
    .getByRole('button', { name: /救助中心/ })
    .first()
    .click()
  await inside(centre)
  await taken(centre, '/app/', '.chart canvas', 'overview-desktop-light')
  await taken(centre, '/app/obligations?standing=unfinished', 'tbody tr a', 'list-desktop-light')

  // What a town has to do: the first of its list that is a warning.
  const late = '/app/obligations?standing=overdue&kind=warning'
  await centre.goto(url + late, { waitUntil: 'networkidle' })
  const town = (await centre.locator('tbody tr a').first().innerText()).split(/\s/)[0]!
  const officer = await (await browser.newContext(PHONE)).newPage()
  await officer.goto(`${url}/app/`)
  const offered = officer.getByLabel('镇经办人', { exact: true })
  const option = offered.locator('option', { hasText: town.replace(/[镇乡]$/, '') }).first()
  await offered.selectOption((await option.getAttribute('value'))!)
  await officer.getByRole('button', { name: '以镇经办人登录' }).click()
  await inside(officer)
  await officer.goto(url + late, { waitUntil: 'networkidle' })
  const item = new URL((await officer.locator('tbody tr a').first().getAttribute('href'))!, officer.url())
  await taken(officer, item.pathname, 'article h1', 'item-phone-light')
} finally {
  await browser.close()
}

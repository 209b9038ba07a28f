import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinBrowser } from './join-browser.ts'
import { type AppStack, startAppStack } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'
import { type Look, looksByScreen, PAGES_OF_ADMIN, pagesOfCentre, SCREENS, type Shown } from './screens.ts'

/** Where the pictures go; without it none are taken, but every page is opened. */
const FOLDER = process.env['SCREENSHOTS_FOLDER']
/** Some forty pages of one screen. */
const SLOW = 600_000

let app: AppStack
let browser: Browser
beforeAll(async () => {
  app = await startAppStack()
  browser = await joinBrowser()
  if (FOLDER) mkdirSync(FOLDER, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Two households of one village and name, without a number that would make them one. */
async function layTwins(page: Page, look: string): Promise<string> {
  const person = { name: '赵小河', village: '双河村', phone: '19900000077' }
  const found = { kind: 'warning', office: 'sn.ak.zy.maoba', level: 'yellow', cause: 'illness', person }
  return page.evaluate(
    async ({ look, ...body }) => {
      const post = (more: object) =>
        fetch('/v1/obligations', {
          ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
          body: JSON.stringify({ ...body, ...more }),
        }).then(async (answer) => (await answer.json()) as { id?: string; obligation?: string })
      await post({ externalId: `TW-${look}-1` })
      const second = await post({ externalId: `TW-${look}-2` })
      return second.id ?? ''
    },
    { ...found, look },
  )
}

/** How much wider than its screen a page is, in pixels, and the widest thing on it. */
const tooWide = (page: Page) =>
  page.evaluate<string | null>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return null
    const right = (one) => one.getBoundingClientRect().right
    const [widest] = [...document.querySelectorAll('body *')].sort((a, b) => right(b) - right(a))
    return scrollWidth - clientWidth + ' px: ' + widest?.outerHTML.slice(0, 160)
  })()`)

/** Tables that hide columns and do not say so. */
const SILENT = `[...document.querySelectorAll('main .scroll')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.previousElementSibling?.classList.contains('hint'))
  .map((one) => one.textContent.slice(0, 60))`
/** What a field says that its box does not hold: a placeholder, or the words that are chosen. */
const CUT_WORDS = `(() => {
  const pen = document.createElement('canvas').getContext('2d')
  const said = (one) => one.tagName === 'SELECT' ? one.selectedOptions[0]?.text ?? '' : one.value === '' ? one.placeholder : ''
  return [...document.querySelectorAll('main select, main input[placeholder]')].filter((one) => one.offsetParent).flatMap((one) => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(one)
    pen.font = font
    const arrow = one.tagName === 'SELECT' ? 12 : 0
    const room = one.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - arrow
    const wide = pen.measureText(said(one)).width
    return wide > room + 1 ? [said(one) + ' ' + Math.round(wide) + '/' + Math.round(room)] : []
  })
})()`

async function lookAt(page: Page, pages: Record<string, Shown>, looks: readonly Look[]): Promise<string[]> {
  const faults: string[] = []
  for (const [name, { path, prepare }] of Object.entries(pages)) {
    await turnTo(page, looks[0]!)
    await page.goto(app.url + path, { waitUntil: 'networkidle' })
    await page.locator('main').getByRole('heading').first().waitFor({ state: 'attached' })
    await prepare?.(page).catch((error: Error) => faults.push(`${name}: ${error.message.slice(0, 300)}`))
    for (const look of looks) {
      await turnTo(page, look)
      const inLook = `${name} in ${look.theme}`
      const wide = await tooWide(page)
      if (wide !== null) faults.push(`${inLook} is too wide by ${wide}`)
      for (const table of await page.evaluate<string[]>(SILENT))
        faults.push(`${inLook} hides columns: ${table}`)
      for (const words of await page.evaluate<string[]>(CUT_WORDS)) faults.push(`${inLook} cuts: ${words}`)
      if (FOLDER && look.audited)
        for (const fault of await accessibilityFaults(page)) faults.push(`${inLook}: ${fault}`)
      for (const alert of await page.getByRole('alert').allInnerTexts()) faults.push(`${inLook}: ${alert}`)
      if (FOLDER) await page.screenshot({ path: `${FOLDER}/${name}-${suffixOf(look)}.png`, fullPage: true })
    }
  }
  return faults
}

const suffixOf = ({ screen, theme, language }: Look) => `${screen}-${theme}${language === 'en' ? '-en' : ''}`

/** A chart is drawn anew in the frame after the one that turns. */
async function turnTo(page: Page, { theme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
}

/** The parts of a wall that hold more than they show. */
const CUT_OFF = `[...document.querySelectorAll('main, .offices, .pace, .scroll')]
  .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.className + ' ' + one.scrollWidth + '/' + one.clientWidth + ' × ' + one.scrollHeight + '/' + one.clientHeight)`

test('a chart takes the colours of the dark as the device turns to it', async () => {
  const options = { locale: 'zh-CN', colorScheme: 'light' as const }
  const page = await (await browser.newContext(options)).newPage()
  await app.signIn(page, /救助中心/)
  await page.locator('.chart canvas').waitFor()
  const drawn = () => page.evaluate<string>(`document.querySelector('.chart canvas').toDataURL()`)
  const inLight = await drawn()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(drawn).not.toBe(inLight)
  await page.context().close()
})

test.each([
  { width: 1920, height: 1080, language: 'zh-CN' },
  { width: 1920, height: 1080, language: 'en' },
  { width: 3840, height: 2160, language: 'zh-CN' },
])(
  'the page for a wall of $width × $height shows every town without scrolling, in $language',
  async (screen) => {
    const { language, ...viewport } = screen
    const page = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage()
    await app.signIn(page, /救助中心/)
    await page.evaluate(`localStorage.setItem('duban.language', '${language}')`)
    await page.goto(`${app.url}/app/wall`, { waitUntil: 'networkidle' })
    const last = page.locator('tbody tr').last()
    await last.waitFor()
    const box = await last.boundingBox()
    expect(box!.y + box!.height).toBeLessThan(viewport.height)
    expect(box!.height).toBeGreaterThan(viewport.height / 50)
    expect(await page.evaluate('document.documentElement.scrollHeight - window.innerHeight')).toBe(0)
    expect(await page.evaluate(CUT_OFF)).toEqual([])
    expect(await page.locator('.wall-head').innerText()).toMatch(/县.*\d\d:\d\d/s)
    expect(await page.locator('header').count()).toBe(0)
    expect(await page.locator('main a').count()).toBe(1)
    const back = page.locator('main a.back')
    const seenBy = () => page.evaluate(`getComputedStyle(document.querySelector('a.back')).opacity`)
    expect(await seenBy()).toBe('0')
    if (FOLDER) await page.screenshot({ path: `${FOLDER}/wall-${viewport.width}-${language}.png` })
    await page.mouse.move(200, 200)
    await expect.poll(seenBy).toBe('1')
    await back.click()
    await page.waitForURL('**/app/')
    await page.context().close()
  },
)

// Side by side: most of a look is waiting for a page to come to rest.
test.concurrent.each(looksByScreen(FOLDER !== undefined).map((looks) => ({ ...looks[0]!, looks })))(
  'every page fits and shows no problem: $screen, $language',
  async ({ screen, language, looks }) => {
    const faults: string[] = []
    for (const role of [/救助中心/, /系统管理员/]) {
      const options = { ...SCREENS[screen], locale: 'zh-CN', colorScheme: looks[0]!.theme }
      const page = await (await browser.newContext(options)).newPage()
      await app.signIn(page, role)
      const isCentre = role.test('救助中心')
      const pages = isCentre ? pagesOfCentre(await layTwins(page, suffixOf(looks[0]!))) : PAGES_OF_ADMIN
      await page.evaluate(`localStorage.setItem('duban.language', '${language}')`)
      faults.push(...(await lookAt(page, pages, looks)))
      await page.context().close()
    }
    expect(faults).toEqual([])
  },
  SLOW,
)

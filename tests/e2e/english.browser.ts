import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { launchBrowser } from '../support/browser.ts'
import { platformFile, platformRow } from '../support/platform-file.ts'
import { type AppStack, startAppStack } from './app-stack.ts'
import { PAGES_OF_ADMIN, pagesOfCentre, type Shown } from './screens.ts'

/**
 * On English pages whatever is Chinese is data: the name of a place, an office or a person, or what somebody wrote, which says so
 * (`lang="zh-CN"`, WCAG 3.1.2).
 */
let app: AppStack
let browser: Browser
/** Names of offices and people, and of the households that the tests invent. */
let names: string[]
const SLOW = 300_000

beforeAll(async () => {
  app = await startAppStack()
  browser = await launchBrowser()
  const asked = `select name as text from offices union select name from people union select name from policies`
  const known = (await rows<{ text: string }>(app.stack.pool, asked)).map(({ text }) => text)
  // Towns without the end of their name, as in 毛坝; villages and masked names of households stand in cells of their own.
  names = [...known, ...INVENTED].sort((a, b) => b.length - a.length)
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const INVENTED = ['双河村', '张*英', '陈*娃', '张秀英', '无此镇', '中文']

/** What a page shows or says in Chinese outside of what is marked as such: texts, and what attributes say. */
const chineseOn = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const han = /\\p{Script=Han}/u
    const found = []
    const marked = (one) => one.closest('[lang="zh-CN"]:not(html)') !== null
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode
      if (!han.test(textContent) || marked(parentElement) || parentElement.closest('script, style, textarea')) continue
      found.push(textContent.trim())
    }
    for (const one of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]'))
      for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
        const text = one.getAttribute(name)
        if (text && han.test(text) && !marked(one)) found.push(text)
      }
    return [...new Set(found)]
  })()`)

/** Without names, and without those of whom only the last character is shown (张*英). */
function withoutNames(text: string): string {
  return names
    .reduce((left, name) => left.replaceAll(name, ''), text)
    .replace(/\p{Script=Han}?\*+\p{Script=Han}?/gu, '')
}

async function chineseIn(page: Page, pages: Record<string, Shown>): Promise<string[]> {
  const found: string[] = []
  for (const [name, { path, prepare }] of Object.entries(pages)) {
    await page.goto(app.url + path, { waitUntil: 'networkidle' })
    await page.locator('main').getByRole('heading').first().waitFor({ state: 'attached' })
    await prepare?.(page)
    for (const text of await chineseOn(page))
      if (/\p{Script=Han}/u.test(withoutNames(text))) found.push(`${name}: ${text.slice(0, 120)}`)
  }
  return found
}

async function englishPage(button: RegExp): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await app.signIn(page, button)
  await page.evaluate(`localStorage.setItem('duban.language', 'en')`)
  return page
}

/** A file in which much is wrong: what is refused, and what is taken with a remark. */
async function sendWornFile(page: Page): Promise<void> {
  const worn = [
    platformRow(911),
    platformRow(912, { town: '无此镇' }),
    platformRow(913, { phone: '中文' }),
    platformRow(914, { idNo: '' }),
    platformRow(915, { name: '' }),
  ]
  await page.locator('main input[type=file]').setInputFiles({
    ...{ name: 'worn.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(platformFile(worn)),
  })
  await page.locator('main .groups').first().waitFor()
  await page.evaluate(`document.querySelectorAll('main details > summary').forEach((one) => one.click())`)
}

async function seeWhy(page: Page): Promise<void> {
  await page.locator('main tbody a').first().click()
  await page.getByRole('link', { name: 'Why it was sent' }).click()
  await page.locator('main tbody tr').first().waitFor()
}

test.concurrent(
  'nothing the relief centre reads in English is Chinese but names and what somebody wrote',
  async () => {
    const page = await englishPage(/救助中心/)
    const pages = {
      ...pagesOfCentre(await app.idOf('YJ1')),
      import: { path: '/app/imports', prepare: sendWornFile },
      'mail-why': { path: '/app/mails', prepare: seeWhy },
      'list-late': { path: '/app/obligations?standing=overdue' },
    }
    expect(await chineseIn(page, pages)).toEqual([])
  },
  SLOW,
)

test.concurrent(
  'nothing an administrator, a leader or an auditor reads in English is Chinese but names and what somebody wrote',
  async () => {
    const found: string[] = []
    found.push(...(await chineseIn(await englishPage(/系统管理员/), PAGES_OF_ADMIN)))
    const leader = { 'leader-overview': { path: '/app/' }, wall: { path: '/app/wall' } }
    found.push(...(await chineseIn(await englishPage(/局领导/), leader)))
    const auditor = { 'auditor-overview': { path: '/app/' }, audit: { path: '/app/admin/audit' } }
    found.push(...(await chineseIn(await englishPage(/审计员/), auditor)))
    expect(found).toEqual([])
  },
  SLOW,
)

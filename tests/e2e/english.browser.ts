import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { row, rows } from '../../src/db/pool.ts'
import { COLUMNS } from '../../src/ledgers/columns.ts'
import { joinBrowser } from './join-browser.ts'
import { platformFile, platformRow } from '../support/platform-file.ts'
import { type AppStack, startAppStack } from './app-stack.ts'
import { chineseOn } from './chinese-on.ts'
import { PAGES_OF_ADMIN, pagesOfCentre, type Shown } from './screens.ts'

/**
 * On English pages whatever is Chinese is data: the name of a place, an office or a person, or what somebody wrote, which says so
 * (`lang="zh-CN"`, WCAG 3.1.2).
 */
let app: AppStack
let browser: Browser
/** Names of offices and people, and what the test itself writes where a page quotes it among its own words. */
let names: string[]
/** A language is called by its own name. */
const WRITTEN = ['双河村', '虚构村', '中文']
const SLOW = 300_000

beforeAll(async () => {
  app = await startAppStack()
  browser = await joinBrowser()
  const asked = `select name as text from offices union select name from people union select name from policies`
  const known = (await rows<{ text: string }>(app.stack.pool, asked)).map(({ text }) => text)
  names = [...known, ...WRITTEN].sort((a, b) => b.length - a.length)
  await liveThrough()
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Without names, and without those of whom only the last character is shown (张*英). */
function withoutNames(text: string): string {
  return names
    .reduce((left, name) => left.replaceAll(name, ''), text)
    .replace(/\p{Script=Han}?\*+\p{Script=Han}?/gu, '')
}

/** A page, with what a file says that it shows. */
type Looked = Shown & { holds?: readonly string[] }

async function chineseIn(page: Page, pages: Record<string, Looked>): Promise<string[]> {
  const found: string[] = []
  for (const [name, { path, prepare, holds = [] }] of Object.entries(pages)) {
    await page.goto(app.url + path, { waitUntil: 'networkidle' })
    await page.locator('main').getByRole('heading').first().waitFor({ state: 'attached' })
    await prepare?.(page)
    for (const text of await chineseOn(page))
      if (/\p{Script=Han}/u.test(withoutNames(holds.reduce((left, word) => left.replaceAll(word, ''), text))))
        found.push(`${name}: ${text.slice(0, 120)}`)
  }
  return found
}

async function englishPage(button: RegExp): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await app.signIn(page, button)
  await page.evaluate(`localStorage.setItem('duban.language', 'en')`)
  return page
}

/** Rows in which much is wrong: what is refused, and what is taken with a remark. */
const WORN = [
  platformRow(911),
  platformRow(912, { town: '无此镇' }),
  platformRow(913, { phone: '中文', cause: '因病、因学' }),
  platformRow(914, { idNo: '' }),
  platformRow(915, { name: '' }),
  platformRow(916, { issuedAt: '2022-06-02' }),
]
/** What the file says, its heads among it, the longest first. */
const OF_THE_FILE = [...Object.values(COLUMNS), ...WORN.flatMap((cells) => Object.values(cells))].sort(
  (one, other) => other.length - one.length,
)

async function sendWornFile(page: Page): Promise<void> {
  await page.locator('main input[type=file]').setInputFiles({
    ...{ name: 'worn.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(platformFile(WORN)),
  })
  await page.locator('main .groups').first().waitFor()
  await page.evaluate(`document.querySelectorAll('main details > summary').forEach((one) => one.click())`)
  await page.waitForLoadState('networkidle')
}

/** A file whose columns, or whose words, have to be explained first. */
const sendStrange = (text: string) => async (page: Page) => {
  await page.locator('main input[type=file]').setInputFiles({
    ...{ name: 'strange.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(text),
  })
  await page
    .locator('main form')
    .filter({ has: page.locator('select, input[type=radio]') })
    .waitFor()
}
const STRANGE_COLUMN = platformFile([platformRow(921)], { externalId: '流转序列' })
const STRANGE_WORDS = platformFile([1, 2, 3].map((n) => platformRow(930 + n, { level: '二类' })))

/** Asks the API as whoever is signed in on the page. @returns the body of the answer */
const post = (page: Page, path: string, body: object) =>
  page.evaluate(
    async ({ path, body }) => {
      const answer = await fetch(`/v1${path}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify(body),
      })
      const said = (await answer.json()) as Record<string, unknown>
      if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(said)}`)
      return said
    },
    { path, body },
  )

/** What happens in a county: handed in, returned, accepted and followed, a problem, other rules. */
async function liveThrough(): Promise<void> {
  const [officer, centre] = await Promise.all([browser.newPage(), browser.newPage()])
  await app.signInAsOfficer(officer, 'maoba', '/app/')
  await app.signIn(centre, /救助中心/)
  const [first, second] = await Promise.all(['YJ1', 'YJ2'].map(app.idOf))
  const acts = (id: string) => `/obligations/${id}/actions`
  const result = { outcome: 'temporary-assistance', note: '住院,已申请' }
  await post(officer, acts(first!), { action: 'submit', result })
  await post(centre, acts(first!), { action: 'return', reason: '缺入户照片' })
  await post(officer, acts(second!), { action: 'submit', result })
  await post(centre, acts(second!), { action: 'accept' })
  const person = { name: '赵小河', village: '双河村', phone: '19900000077' }
  const found = { kind: 'warning', office: 'sn.ak.zy.maoba', level: 'yellow', cause: 'illness', person }
  await post(centre, '/obligations', { ...found, externalId: 'YJ3' })
  const problem = {
    origin: 'audit',
    type: 'missed-cover',
    wrong: '一户重病户未纳入低保',
    measure: '核查后纳入',
  }
  await post(centre, '/problems', { ...problem, offices: ['sn.ak.zy.maoba'], dueOn: '2022-12-01' })
  const { id } = (await row<{ id: string }>(app.stack.pool, 'select id from policies'))!
  const text = await centre.evaluate(async (path) => (await fetch(path)).text(), `/v1/policies/${id}/export`)
  await post(centre, '/policies?dryRun=false', {
    ...{ text: text.replace('workingDays: 5', 'workingDays: 6'), reason: '县局领导班子会议纪要' },
  })
  for (const page of [officer, centre]) await page.close()
}

/** All that a version says otherwise is shown, and what going over to it would do. */
async function compareVersions(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Compare with the one in force' }).click()
  await page.locator('main dl dd').first().waitFor()
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
      'item-reveal': pagesOfCentre(await app.idOf('YJ3'))['item-reveal']!,
      import: { path: '/app/imports', prepare: sendWornFile, holds: OF_THE_FILE },
      columns: {
        ...{ path: '/app/imports', prepare: sendStrange(STRANGE_COLUMN) },
        holds: [...OF_THE_FILE, '流转序列'],
      },
      words: {
        ...{ path: '/app/imports', prepare: sendStrange(STRANGE_WORDS) },
        holds: [...OF_THE_FILE, '二类'],
      },
      policies: { path: '/app/admin/policies', prepare: compareVersions },
      done: { path: `/app/obligations/${await app.idOf('YJ2')}` },
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

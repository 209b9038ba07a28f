import type { Page } from 'playwright-core'
import { groupBy } from '../../src/domain/grouping.ts'
import { platformFile, platformRow } from '../support/platform-file.ts'

/** What a page is looked at on. 320 px is the narrowest telephone, 768 px a tablet held upright. */
export const SCREENS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  tablet: { viewport: { width: 768, height: 1024 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  narrow: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
} as const
export type Screen = keyof typeof SCREENS

export type Look = {
  screen: Screen
  theme: 'light' | 'dark'
  language: 'zh-CN' | 'en'
  audited?: true
  always?: true
}

/** Which screens are looked at in which look and language. `audited`: axe looks at them too, which takes as long again; `always`: also where no pictures are taken. */
const LOOKS: readonly Look[] = [
  { screen: 'desktop', theme: 'light', language: 'zh-CN', always: true },
  { screen: 'desktop', theme: 'dark', language: 'zh-CN', audited: true, always: true },
  { screen: 'desktop', theme: 'light', language: 'en' },
  { screen: 'tablet', theme: 'light', language: 'zh-CN' },
  { screen: 'tablet', theme: 'dark', language: 'en' },
  { screen: 'phone', theme: 'dark', language: 'zh-CN', always: true },
  { screen: 'phone', theme: 'light', language: 'zh-CN', always: true },
  { screen: 'narrow', theme: 'light', language: 'zh-CN', audited: true },
  { screen: 'narrow', theme: 'dark', language: 'en', always: true },
]

/**
 * The looks of one screen and language, which share what is opened: opening a page takes ten times as long as turning it to the
 * other theme. The desktop begins in the light and the telephone in the dark, so that each is met from the start too.
 * @param pictured whether pictures are taken
 */
export function looksByScreen(pictured: boolean): Look[][] {
  const looks = LOOKS.filter(({ always }) => always || pictured)
  return [...groupBy(looks, ({ screen, language }) => `${screen} ${language}`).values()]
}

/** Until what was opened asks for what it shows. */
const SHORT_MS = 100

/** A page, and what is opened or chosen on it before it is looked at. */
export type Shown = { path: string; prepare?: (page: Page) => Promise<void> }

/** Opens every fold, also those that come with what stands in another one. */
async function unfold(page: Page): Promise<void> {
  await openFolds(page)
  await openFolds(page)
}

async function openFolds(page: Page): Promise<void> {
  await page.evaluate(
    `document.querySelectorAll('main details:not([open]) > summary').forEach((one) => one.click())`,
  )
  await page.waitForTimeout(SHORT_MS)
  await page.waitForLoadState('networkidle')
}

/** The first rows of the list are chosen, so that the bar says what can be done with them. */
async function chooseRows(page: Page): Promise<void> {
  const ticks = page.locator('main td input[type=checkbox]')
  await ticks.first().waitFor()
  for (const nth of [0, 1]) await ticks.nth(nth).check()
  await page.locator('.bulk button').first().waitFor()
}

/** The day of the running phase is moved by a week, and what would move is listed. */
async function tryPhaseMove(page: Page): Promise<void> {
  const move = page.locator('details:has(form input[type=date])')
  await move.locator('> summary').click()
  await move.locator('form select').first().selectOption('screening')
  await move.locator('form input[type=date]').first().fill('2022-06-24')
  await move.locator('form button').first().click()
  await move.locator('section [role=status]').waitFor()
}

/** A file with a row that cannot be registered. */
async function sendFile(page: Page): Promise<void> {
  const rows = [platformRow(901), platformRow(902, { town: '无此镇' })]
  await page.locator('main input[type=file]').setInputFiles({
    ...{ name: '预警.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(platformFile(rows)),
  })
  await page.locator('main .groups').waitFor()
}

/** A plan of one's own, begun from the text that is there. */
async function writePlan(page: Page): Promise<void> {
  await page.locator('main select').first().selectOption('own')
  await page.locator('main textarea').waitFor()
  await page.waitForLoadState('networkidle')
}

/** Somebody is about to say why they have to see the household. */
async function askHousehold(page: Page): Promise<void> {
  await page.locator('main .reveal button').first().click()
  await page.locator('main .reveal form').waitFor()
}

/** What somebody of the relief centre sees. @param item the id of an item with a household that another may be */
export const pagesOfCentre = (item: string): Record<string, Shown> => ({
  overview: { path: '/app/' },
  'overview-move': { path: '/app/', prepare: tryPhaseMove },
  list: { path: '/app/obligations?standing=all' },
  'list-bulk': { path: '/app/obligations?standing=all', prepare: chooseRows },
  item: { path: `/app/obligations/${item}` },
  'item-unfolded': { path: `/app/obligations/${item}`, prepare: unfold },
  'item-reveal': { path: `/app/obligations/${item}`, prepare: askHousehold },
  review: { path: '/app/review' },
  comparisons: { path: '/app/comparisons' },
  screenings: { path: '/app/screenings' },
  statistics: { path: '/app/statistics' },
  problems: { path: '/app/problems', prepare: unfold },
  rules: { path: '/app/rules' },
  'hand-overs': { path: '/app/hand-overs', prepare: unfold },
  'year-plan': { path: '/app/year-plan', prepare: writePlan },
  roster: { path: '/app/roster', prepare: unfold },
  household: { path: `/app/households/${item}` },
  samples: { path: '/app/samples', prepare: unfold },
  discovery: { path: '/app/discovery' },
  imports: { path: '/app/imports' },
  import: { path: '/app/imports', prepare: sendFile },
  mappings: { path: '/app/imports/remembered' },
  mails: { path: '/app/mails' },
  'not-reached': { path: '/app/mails/not-reached' },
  inbox: { path: '/app/inbox' },
  calendar: { path: '/app/admin/calendar', prepare: unfold },
  policies: { path: '/app/admin/policies', prepare: unfold },
  absences: { path: '/app/admin/absences' },
  account: { path: '/app/account', prepare: unfold },
})

/** What an administrator sees. */
export const PAGES_OF_ADMIN: Record<string, Shown> = {
  'admin-overview': { path: '/app/' },
  system: { path: '/app/admin' },
  beginning: { path: '/app/admin/beginning' },
  people: { path: '/app/admin/people', prepare: unfold },
  offices: { path: '/app/admin/offices', prepare: unfold },
  keys: { path: '/app/admin/keys', prepare: unfold },
}

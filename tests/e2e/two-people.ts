import type { Page } from 'playwright-core'
import { type AppStack, appInBrowser, keepComplaints } from './app-stack.ts'

/**
 * Two people at one thing, each in a browser of their own, of which a file's tests open two anew. `complaints`: what a page wrote to
 * the console beside the refusals meant here, which the browser itself writes there.
 */
export function twoPeople() {
  const { app, browser } = appInBrowser()
  const complaints: string[] = []
  async function openPage(): Promise<Page> {
    const page = await (await browser.newContext()).newPage()
    keepComplaints(page, complaints, /status of (401|404|412|503)/)
    return page
  }
  const two = (): Promise<[Page, Page]> => Promise.all([openPage(), openPage()])
  return { app, complaints, two }
}

export const boxOf = (page: Page) => page.locator('.conflict')

/** What the box says of one thing: mine, and theirs. */
export async function both(page: Page, word: string): Promise<string[]> {
  const line = boxOf(page).locator('tr', { has: page.getByRole('rowheader', { name: word, exact: true }) })
  return (await line.locator('td').allInnerTexts()).map((text) => text.replace('≠ ', ''))
}

export async function takeTheirs(page: Page): Promise<void> {
  await page.getByRole('button', { name: '用现在的,不保存我的' }).click()
  await boxOf(page).waitFor({ state: 'detached' })
}

export const again = (page: Page) => page.getByRole('button', { name: /^仍要/ })

/** Signs both in by the words on a button. */
export async function signBothIn(
  app: AppStack,
  pages: [Page, Page],
  button: RegExp,
  path: string,
): Promise<void> {
  for (const page of pages) {
    await app.signIn(page, button, '/app/')
    await page.goto(app.url + path, { waitUntil: 'networkidle' })
  }
}

import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { givenWarning } from '../support/warnings.ts'
import { appInBrowser, keepComplaints } from './app-stack.ts'

/** The queue of what waits for review is gone through from where it was opened, and its place stands in the address. */
const { app, browser } = appInBrowser()
const complaints: string[] = []
const WAITING = ['YJ3', 'YJ4', 'YJ5', 'YJ6']
const ids: string[] = []

async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  keepComplaints(page, complaints, /status of (401|409)/)
  return page
}

beforeAll(async () => {
  const officer = await openPage()
  for (const id of WAITING) await givenWarning(app.stack.pool, { id, level: 'yellow', title: `核查${id}` })
  await app.signInAsOfficer(officer, 'maoba', '/app/')
  for (const id of WAITING) {
    const data = { action: 'submit', result: { outcome: 'ineligible', note: '收入超过标准' } }
    const path = `${app.url}/v1/obligations/${await app.idOf(id)}/actions`
    const answer = await officer.request.post(path, { data, headers: { origin: app.url } })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  await officer.context().close()
  // The order of the queue: they are due at the same instant.
  for (const id of WAITING) ids.push(await app.idOf(id))
  ids.sort()
})

const numberOf = async (id: string) => {
  const asked = 'select external_id as number from obligations where id = $1'
  return (await app.stack.pool.query<{ number: string }>(asked, [id])).rows[0]!.number
}
/** The nth stands open, and the address names it. */
async function opened(page: Page, nth: number, of: number): Promise<void> {
  const id = ids[nth]!
  await page.getByRole('heading', { name: new RegExp(`核查${await numberOf(id)}`) }).waitFor()
  await page.waitForURL((url) => url.pathname.endsWith('/review') && url.searchParams.get('at') === id)
  await page.getByText(new RegExp(`第 \\d 件,共 ${of} 件`)).waitFor()
  // What may be done is read beside the item.
  await page.locator('.review .buttons button:enabled', { hasText: '通过' }).waitFor()
}

test('opened from an item, the queue starts there, goes on behind it, and comes back to those before it', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, `/app/obligations/${ids[1]}`)
  await page.getByRole('link', { name: '从这件起逐件复核' }).click()
  await opened(page, 1, 4)
  await page.getByText('第 2 件,共 4 件').waitFor()
  // A link to it shows the same, and so does the page that is read anew.
  await page.reload()
  await opened(page, 1, 4)
  await page.keyboard.press('n')
  await opened(page, 2, 4)
  await page.keyboard.press('a')
  await page.getByText(/已通过。/).waitFor()
  await opened(page, 3, 3)
  await page.keyboard.press('n')
  // Past the end: what stood before where it began, and what was put off comes last.
  await opened(page, 0, 3)
  await page.keyboard.press('n')
  await opened(page, 1, 3)
  await page.getByRole('link', { name: '逐件复核', exact: true }).click()
  await opened(page, 0, 3)
  await page.context().close()
})

test('a row that is chosen in the list of the queue starts it there', async () => {
  const page = await openPage({ viewport: { width: 1366, height: 768 } })
  await app.signIn(page, /救助中心/, '/app/review')
  await opened(page, 0, 3)
  await page.getByRole('link', { name: '查看清单' }).click()
  await page.getByRole('link', { name: new RegExp(`核查${await numberOf(ids[3]!)}`) }).click()
  await page.getByRole('complementary').getByRole('link', { name: '从这件起逐件复核' }).click()
  await opened(page, 3, 3)
  await page.goto(`${app.url}/app/review?at=${ids[2]}`)
  await page.getByText('链接所指的那一件现在不待您复核').waitFor()
  await opened(page, 0, 3)
  // Begun anew, the queue follows no link any more.
  await page.getByRole('link', { name: '逐件复核', exact: true }).click()
  await page.getByText('链接所指的那一件现在不待您复核').waitFor({ state: 'hidden' })
  await opened(page, 0, 3)
  await page.context().close()
})

test('what was taken back is looked at again, and the one that had opened meanwhile comes behind it', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/review')
  await opened(page, 0, 3)
  await page.keyboard.press('a')
  await page.getByText(/已通过。/).waitFor()
  await opened(page, 1, 2)
  const seen = new Set<string | null>()
  page.on('framenavigated', (frame) => seen.add(new URL(frame.url()).searchParams.get('at')))
  await page.getByRole('button', { name: '撤回刚才的操作' }).click()
  await page.getByText(/已撤回,还待复核。/).waitFor()
  await opened(page, 0, 3)
  // Nothing else was opened on the way.
  expect([...seen]).toEqual([ids[0]])
  await page.keyboard.press('n')
  await opened(page, 1, 3)
  await page.context().close()
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** A household across everything: seen in the clear there, and told from or joined to one that may be the same. */
const { app, browser } = appInBrowser()
const complaints: string[] = []
const PERSON = { name: '赵小河', village: '双河村', phone: '19900000077' }

async function openPage(): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage()
  keepComplaints(page, complaints, /status of 401/)
  return page
}

/** Two of one village and name, without a number that would make them one. */
async function layTwins(page: Page): Promise<string[]> {
  const found = {
    kind: 'warning',
    office: 'sn.ak.zy.maoba',
    level: 'yellow',
    cause: 'illness',
    person: PERSON,
  }
  return page.evaluate(
    (bodies) =>
      Promise.all(
        bodies.map((body) =>
          fetch('/v1/obligations', {
            ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
            body: JSON.stringify(body),
          }).then(async (answer) => ((await answer.json()) as { id: string }).id),
        ),
      ),
    ['TW-1', 'TW-2'].map((externalId) => ({ ...found, externalId })),
  )
}

test('from a household’s page it is seen in the clear for a reason, and the reveal is on record with its item', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/')
  const [id = ''] = await layTwins(page)
  await page.goto(`${app.url}/app/households/${id}`)
  await page.getByRole('button', { name: /^查看完整信息/ }).click()
  await page.getByRole('button', { name: '电话联系本户' }).click()
  const shown = page.locator('[data-revealed]')
  await shown.waitFor()
  expect(await shown.innerText()).toContain(PERSON.phone)
  expect(await shown.innerText()).toContain('离开这一页也会隐藏')
  expect(await accessibilityFaults(page)).toEqual([])
  const asked = `select subject from audit_events where action = 'household.reveal' and outcome = 'done'`
  expect(await rows(app.stack.pool, asked)).toEqual([{ subject: id }])
  await page.context().close()
})

test('from there a possible twin is kept apart, that is taken back, and the two are joined', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/obligations?q=TW-1')
  const link = page.getByRole('link', { name: /预警核查/ }).first()
  const href = (await link.getAttribute('href')) ?? ''
  await page.goto(`${app.url}/app/households/${/ob_\w+/.exec(href)?.[0]}`)
  const looked = `select 1 from audit_events where action = 'household.lookup'`
  await page.getByRole('heading', { name: '赵*河' }).waitFor()
  expect(await rows(app.stack.pool, looked)).toEqual([])
  await page.locator('main summary', { hasText: '可能的同一户' }).click()
  await page.getByText('同村同名', { exact: false }).waitFor()
  expect(await rows(app.stack.pool, looked)).not.toEqual([])
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: '不是同一户' }).click()
  await page.getByText('已认定为不同的户').waitFor()
  await page.getByRole('button', { name: '取消认定' }).click()
  const items = page.locator('article a', { hasText: '预警核查' })
  await page.getByRole('button', { name: '是同一户', exact: true }).click()
  await page.getByText('没有找到可能的同一户。').waitFor()
  // The story has both now.
  await expect.poll(() => items.count()).toBe(2)
  await page.context().close()
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

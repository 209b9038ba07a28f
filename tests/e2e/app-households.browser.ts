import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** A household across everything: seen in the clear there, and told from or joined to one that may be the same. */
const { app, browser } = appInBrowser()
const complaints: string[] = []
const PERSON = { name: '赵小河', village: '双河村', phone: '19900000077' }

/** Requests of the worker no page can answer. 500 is asked for: an answer that fails. */
async function openPage(): Promise<Page> {
  const options = { serviceWorkers: 'block', viewport: { width: 390, height: 800 } } as const
  const page = await (await browser.newContext(options)).newPage()
  keepComplaints(page, complaints, /status of (401|500)/)
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

/** Their items on the household's page. */
const itemsOn = (page: Page) => page.locator('article ul a', { hasText: '预警核查' })

test('from there a possible twin is kept apart, and that is taken back', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/')
  await page.goto(`${app.url}/app/households/${await app.idOf('TW-1')}`)
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
  await page.getByRole('button', { name: '不是同一户' }).waitFor()
  await page.context().close()
})

// One of the two is the later, which the household's page would go by if it chose anew.
test.each(['TW-1', 'TW-2'])(
  'from %s the two are joined, nothing that stands open shuts, and it is taken back there',
  async (externalId) => {
    const page = await openPage()
    await app.signInAsOfficer(page, 'maoba', '/app/')
    await page.goto(`${app.url}/app/households/${await app.idOf(externalId)}`)
    await page.getByRole('button', { name: /^查看完整信息/ }).click()
    await page.getByRole('button', { name: '电话联系本户' }).click()
    const shown = page.locator('[data-revealed]')
    await shown.waitFor()
    await page.locator('main summary', { hasText: '可能的同一户' }).click()
    await page.getByRole('button', { name: '是同一户', exact: true }).click()
    await page.getByText('已认定为同一户', { exact: false }).waitFor()
    await page.getByText('没有找到别的可能的同一户。').waitFor()
    // The story has both now.
    await expect.poll(() => itemsOn(page).count()).toBe(3)
    expect(await shown.isVisible()).toBe(true)
    expect(await page.evaluate<string>('document.activeElement.getAttribute("role")')).toBe('group')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '取消认定' }).click()
    await page.getByRole('button', { name: '是同一户', exact: true }).waitFor()
    await page.context().close()
  },
)

test('what is shown in the clear stays where the household could not be read anew', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/')
  const id = await app.idOf('TW-1')
  await page.goto(`${app.url}/app/households/${id}`)
  await page.getByRole('button', { name: /^查看完整信息/ }).click()
  await page.getByRole('button', { name: '电话联系本户' }).click()
  await page.locator('[data-revealed]').waitFor()
  await page.locator('main summary', { hasText: '可能的同一户' }).click()
  const detail = '程序出错了,请稍后再试。'
  await page.route(`**/v1/households/${id}`, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ detail }) }),
  )
  await page.getByRole('button', { name: '不是同一户' }).click()
  await page.getByText(detail).waitFor()
  expect(await page.locator('[data-revealed]').isVisible()).toBe(true)
  await page.unroute(`**/v1/households/${id}`)
  await page.getByRole('button', { name: '再试一次' }).click()
  await page.getByText(detail).waitFor({ state: 'hidden' })
  expect(await page.locator('[data-revealed]').isVisible()).toBe(true)
  await page.context().close()
})

test('whoever may not see it in the clear is told who may', async () => {
  const page = await openPage()
  await app.signIn(page, /审计员/)
  await page.goto(`${app.url}/app/households/${await app.idOf('TW-1')}`)
  await page.getByRole('heading', { name: '赵*河' }).waitFor()
  await page.getByText('户的完整信息由承办和复核这一件的人查看。', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: /^查看完整信息/ }).count()).toBe(0)
  await page.context().close()
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { givenWarning } from '../support/warnings.ts'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** Many at once when the list is left, and what a list answers to a press, a key and a number. */
const { app, browser } = appInBrowser()
const complaints: string[] = []
const DESK = { viewport: { width: 1366, height: 768 } } as const
const IN_REVIEW = '/app/obligations?standing=held&assignment=review&mine=true&kind=warning&sort=externalId'
const SUBMITTED = ['YJ3', 'YJ4', 'YJ5', 'YJ6']

async function openPage(options: Parameters<Browser['newContext']>[0] = DESK): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  keepComplaints(page, complaints, /status of (401|409)/)
  return page
}
beforeAll(async () => {
  for (const id of SUBMITTED) await givenWarning(app.stack.pool, { id, level: 'yellow' })
  const officer = await openPage()
  await app.signInAsOfficer(officer, 'maoba', '/app/')
  const result = { outcome: 'ineligible', note: '收入超过标准' }
  for (const id of SUBMITTED) {
    const path = `${app.url}/v1/obligations/${await app.idOf(id)}/actions`
    const data = { action: 'submit', result }
    const answer = await officer.request.post(path, { data, headers: { origin: app.url } })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  await officer.context().close()
})
/** Of the list: an open item has tables of its own. */
const rows = (page: Page) => page.locator('tr[id^=row-]')
const beside = (page: Page) => page.getByRole('complementary')
const stateOf = async (id: string) => {
  const asked = 'select state, acknowledged_at is not null as signed from obligations where external_id = $1'
  return (await app.stack.pool.query<{ state: string; signed: boolean }>(asked, [id])).rows[0]
}

test('reviewers pass many by a button of its own; leaving the list sends it, and the undo names it wherever one is', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, IN_REVIEW)
  await expect.poll(() => rows(page).count()).toBe(4)
  await rows(page).nth(0).getByRole('checkbox').check()
  const bar = page.locator('.bulk')
  await bar.getByRole('button', { name: '退回 1 件' }).waitFor()
  await bar.getByRole('button', { name: '通过 1 件' }).click()
  await bar.getByText('离开这张清单就马上发出').waitFor()
  await page.getByRole('link', { name: '总览' }).click()
  const notice = page.locator('.notice')
  await notice.getByText(/已通过 1 件。.*毛坝镇.*YJ3。/).waitFor()
  expect((await stateOf('YJ3'))?.state).toBe('accepted')
  expect(await accessibilityFaults(page)).toEqual([])
  await notice.getByRole('button', { name: '整批撤回 1 件' }).click()
  await notice.getByText('已整批撤回 1 件。').waitFor()
  expect((await stateOf('YJ3'))?.state).toBe('submitted')
  await notice.getByRole('button', { name: '关上' }).click()
  await notice.waitFor({ state: 'detached' })
  await page.context().close()
})

test('the undo of many goes once one more is decided, also when the page is read anew', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, IN_REVIEW)
  await expect.poll(() => rows(page).count()).toBe(4)
  await rows(page).nth(0).getByRole('checkbox').check()
  await page.locator('.bulk').getByRole('button', { name: '通过 1 件' }).click()
  await page.getByRole('link', { name: '逐件复核' }).click()
  await page.locator('.notice').getByRole('button', { name: '整批撤回' }).waitFor()
  await page.getByRole('button', { name: '通过 (a)' }).click()
  await page.locator('.notice').waitFor({ state: 'detached' })
  await page.goto(`${app.url}/app/obligations?standing=all`)
  await rows(page).first().waitFor()
  await page.waitForLoadState('networkidle')
  expect(await page.getByRole('button', { name: '整批撤回' }).count()).toBe(0)
  await page.context().close()
})

test('on a telephone, opening one of those that were signed for a moment ago signs for them', async () => {
  const page = await openPage({ viewport: { width: 390, height: 844 } })
  await app.signInAsOfficer(page, 'maoba', '/app/obligations?kind=warning&standing=held&sort=externalId')
  await expect.poll(() => rows(page).count()).toBe(2)
  for (const nth of [0, 1]) await rows(page).nth(nth).getByRole('checkbox').check()
  await page.getByRole('button', { name: '签收 2 件' }).click()
  await rows(page).nth(0).getByRole('link').click()
  await page.locator('.notice').getByText('已签收 2 件。').waitFor()
  expect((await stateOf('YJ1'))?.signed && (await stateOf('YJ2'))?.signed).toBe(true)
  await page.goBack()
  await rows(page).first().waitFor()
  expect(await page.locator('tbody :checked').count()).toBe(0)
  await page.context().close()
})

test('a press in a row opens it, a key passes it with a confirmation, and at the end there is no next one', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, IN_REVIEW)
  await expect.poll(() => rows(page).count()).toBe(2)
  await rows(page)
    .nth(0)
    .locator('.tick')
    .click({ position: { x: 2, y: 2 } })
  expect(await beside(page).count()).toBe(0)
  const last = await rows(page).nth(1).getAttribute('id')
  await rows(page).nth(1).locator('td').last().click()
  await beside(page).getByRole('button', { name: '通过', exact: true }).waitFor()
  expect(await page.locator('tr.at').getAttribute('id')).toBe(last)
  expect(await beside(page).getByRole('button', { name: '下一件' }).isDisabled()).toBe(true)
  await page.keyboard.press('r')
  await beside(page).locator('textarea:focus').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await beside(page).getByRole('button', { name: '确定通过' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => rows(page).count()).toBe(1)
  await page.locator(`[id="${last}"]`).waitFor({ state: 'detached' })
  await page.context().close()
})

test('a whole number is found whatever is listed, and a household’s number is asked for apart', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=held&level=red')
  const search = page.locator('#list-search')
  await search.fill('YJ6')
  await search.press('Enter')
  await page.getByText('“YJ6”像是编号,是在全部事项里找的').waitFor()
  await expect.poll(() => rows(page).count()).toBe(1)
  await search.fill('没有的')
  await search.press('Enter')
  await page.getByRole('button', { name: '按证件号或手机号查找' }).click()
  const ask = page.getByRole('form', { name: '按号码查找的结果' })
  await ask.getByLabel('证件号或手机号').fill('12')
  await ask.getByRole('button', { name: '查找' }).click()
  await ask.getByText('不像是证件号或手机号').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await ask.getByLabel('证件号或手机号').fill('619999198001010018')
  await ask.getByRole('button', { name: '查找' }).click()
  await page.getByRole('region', { name: '按号码查找的结果' }).waitFor()
  expect(page.url()).not.toContain('619999')
  await page.context().close()
})

test('more filters fold again by their button and by Escape, and from and until stand on one line', async () => {
  const page = await openPage({ viewport: { width: 1440, height: 900 } })
  await app.signIn(page, /救助中心/, '/app/obligations')
  const more = page.getByRole('button', { name: '更多条件' })
  await more.click()
  const [from, to] = await Promise.all(
    ['到期不早于', '到期不晚于'].map((name) => page.getByLabel(name).boundingBox()),
  )
  expect(from?.y).toBe(to?.y)
  await page.keyboard.press('Escape')
  await page.getByLabel('到期不早于').waitFor({ state: 'detached' })
  await more.and(page.locator(':focus')).waitFor()
  await more.click()
  await page.getByLabel('到期不早于').waitFor()
  await more.click()
  await page.getByLabel('到期不早于').waitFor({ state: 'detached' })
  await page.context().close()
})

test('a view is replaced by one of its name, and given another name', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=overdue')
  const views = page.getByRole('navigation', { name: '保存的视图' })
  const keep = async (button: string) => {
    await page.getByText('保存视图').click()
    await page.getByLabel('名称').fill('我的逾期')
    await page.getByRole('button', { name: button, exact: true }).click()
    await page.getByText('改名', { exact: true }).waitFor()
  }
  await keep('保存')
  await page.goto(`${app.url}/app/obligations?standing=overdue&level=orange`)
  await views.getByRole('link', { name: '我的逾期' }).waitFor()
  await keep('覆盖“我的逾期”')
  expect(await views.getByRole('link').count()).toBe(1)
  await page.getByText('改名', { exact: true }).click()
  await page.getByLabel('名称').fill('橙色的')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  const link = views.getByRole('link', { name: '橙色的' })
  await link.waitFor()
  expect(await link.getAttribute('href')).toContain('level=orange')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.context().close()
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { givenWarning } from '../support/warnings.ts'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** Going through a list: where its columns stand, what comes after a decision, and what an empty one says. */
const { app, browser } = appInBrowser()
const complaints: string[] = []
const DESK = { viewport: { width: 1366, height: 768 } } as const
const SUBMITTED = ['YJ3', 'YJ4', 'YJ5']
const IN_REVIEW = '/app/obligations?standing=in-review&kind=warning&sort=externalId'

async function openPage(options: Parameters<Browser['newContext']>[0] = DESK): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  keepComplaints(page, complaints, /status of (401|409)/)
  return page
}
const post = async (page: Page, path: string, data: object) => {
  const answer = await page.request.post(`${app.url}/v1${path}`, { data, headers: { origin: app.url } })
  expect(answer.ok(), await answer.text()).toBe(true)
}

beforeAll(async () => {
  for (const id of SUBMITTED) await givenWarning(app.stack.pool, { id, level: 'yellow' })
  const officer = await openPage()
  await app.signInAsOfficer(officer, 'maoba', '/app/')
  const result = { outcome: 'ineligible', note: '收入超过标准' }
  for (const id of SUBMITTED)
    await post(officer, `/obligations/${await app.idOf(id)}/actions`, { action: 'submit', result })
  await officer.context().close()
})

const beside = (page: Page) => page.getByRole('complementary')
const rows = (page: Page) => page.locator('tbody tr')
const measured = (page: Page, of: string, side: 'left' | 'height') =>
  page.evaluate<number[]>(
    `[...document.querySelectorAll('${of}')].map((one) => Math.round(one.getBoundingClientRect().${side}))`,
  )
const listed = async (page: Page) => {
  await page.locator('table[aria-busy=false]').waitFor()
  return rows(page).count()
}

/** Where each control of the toolbar ends, and the words it would cut. */
const CONTROLS = `[...document.querySelectorAll('.filters .line > *, .filters .fields > *')].filter((one) => one.offsetParent)
  .map((one) => [(one.querySelector('label') ?? one).innerText || one.id, Math.round(one.getBoundingClientRect().bottom)])`
const CHIPS =
  'standing=all&level=orange&kind=warning&cause=illness&dueFrom=2022-06-01&dueTo=2022-06-30&mine=true'

test.each(['zh-CN', 'en'])(
  'all controls of the list stand on one line at 1366 px, whatever is asked, in %s',
  async (language) => {
    const page = await openPage()
    await app.signIn(page, /救助中心/, '/app/obligations')
    await page.evaluate(`localStorage.setItem('duban.language', '${language}')`)
    for (const asked of ['standing=all', CHIPS, `${CHIPS}&office=sn.ak.zy.maoba`]) {
      await page.goto(`${app.url}/app/obligations?${asked}`, { waitUntil: 'networkidle' })
      const controls = await page.evaluate<[string, number][]>(CONTROLS)
      expect(controls.length).toBeGreaterThanOrEqual(11)
      expect(controls.filter(([, bottom]) => bottom !== controls[0]![1])).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1366)
    }
    await page.context().close()
  },
)

test('columns stay where they are whatever is listed, and no row grows beside an open item', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=all')
  await rows(page).nth(15).waitFor()
  const lefts = await measured(page, 'thead th', 'left')
  const heights = await measured(page, 'tbody tr', 'height')
  await page.locator('#list-filters').getByLabel('种类').selectOption('warning')
  await expect.poll(() => listed(page)).toBe(5)
  expect(await measured(page, 'thead th', 'left')).toEqual(lefts)
  await page.goBack()
  await rows(page).nth(15).waitFor()
  await rows(page).nth(3).getByRole('link').click()
  await beside(page).getByRole('heading', { level: 1 }).waitFor()
  expect(await measured(page, 'tbody tr', 'height')).toEqual(heights)
  expect(await accessibilityFaults(page)).toEqual([])
  await page.context().close()
})

test('rows are sorted by level, state and holder, and the head says which way', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=all&kind=warning')
  await expect.poll(() => listed(page)).toBe(5)
  const sorted = () => page.locator('th[aria-sort=ascending], th[aria-sort=descending]').allInnerTexts()
  const pressHead = async (name: string) => {
    await page.locator('thead').getByRole('button', { name }).click()
    await page.locator('table[aria-busy=false]').waitFor()
  }
  expect(await sorted()).toEqual(['截止 ↑'])
  await pressHead('等级')
  await expect.poll(sorted).toEqual([expect.stringContaining('等级 ↑')])
  await expect.poll(() => rows(page).first().innerText()).toMatch(/^\s*橙/)
  await pressHead('等级')
  await expect.poll(sorted).toEqual([expect.stringContaining('等级 ↓')])
  await pressHead('由谁办')
  await expect.poll(sorted).toEqual(['由谁办 ↑'])
  await pressHead('状态')
  await expect.poll(sorted).toEqual(['状态 ↑'])
  // As the work goes: what waits for review comes after what is to be done.
  await expect.poll(() => rows(page).last().innerText()).toMatch(/复核/)
  await page.context().close()
})

test('after a decision the next one opens, Escape leaves a form and not the list, and usual reasons are ready', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, IN_REVIEW)
  await expect.poll(() => listed(page)).toBe(3)
  const [first, second, third] = await Promise.all(SUBMITTED.map(app.idOf))
  const opened = () => new URL(page.url()).searchParams.get('open')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await beside(page).getByRole('button', { name: '通过', exact: true }).click()
  await beside(page).getByRole('button', { name: '确定通过' }).click()
  await expect.poll(opened).toBe(second)
  await beside(page)
    .getByText(/毛坝镇.* 已通过。/)
    .waitFor()
  await expect.poll(() => listed(page)).toBe(2)
  expect(await page.locator('tr.at').getAttribute('id')).toBe(`row-${second}`)

  await beside(page).getByRole('button', { name: '退回', exact: true }).click()
  await beside(page).getByLabel('常用原因').selectOption('缺少佐证材料,请补充')
  const reason = beside(page)
    .getByLabel(/退回原因|原因/)
    .last()
  expect(await reason.inputValue()).toBe('缺少佐证材料,请补充')
  // The same one again, after it was deleted; and where there is no room for another.
  await reason.fill('')
  const usual = beside(page).getByLabel('常用原因')
  await usual.selectOption('缺少佐证材料,请补充')
  expect(await reason.inputValue()).toBe('缺少佐证材料,请补充')
  await reason.fill('写'.repeat(499))
  await usual.selectOption('缺少佐证材料,请补充')
  await beside(page).getByText('最多 500 字,再加这一条就写不下了').waitFor()
  expect([await usual.inputValue(), (await reason.inputValue()).length]).toEqual(['', 499])
  await reason.fill('缺少佐证材料,请补充')
  await reason.press('Escape')
  await beside(page).locator('form').waitFor({ state: 'detached' })
  await beside(page).locator('[data-begins=return]:focus').waitFor()
  expect(opened()).toBe(second)
  await beside(page).getByRole('button', { name: '退回', exact: true }).click()
  await beside(page).getByRole('button', { name: '确定退回' }).click()
  await expect.poll(opened).toBe(third)
  await beside(page).getByRole('button', { name: '回到这一件' }).click()
  await expect.poll(opened).toBe(second)
  await beside(page)
    .getByText(/退回原因/)
    .first()
    .waitFor()
  await page.goBack()
  await beside(page).waitFor({ state: 'detached' })
  expect(await listed(page)).toBe(1)
  expect(first).not.toBe(second)
  await page.context().close()
})

test('what came back is marked in the list and on the first page', async () => {
  const page = await openPage({ viewport: { width: 390, height: 844 } })
  await app.signInAsOfficer(page, 'maoba', '/app/obligations?q=YJ4')
  await rows(page).getByText('◔ 退回').waitFor()
  await page.goto(`${app.url}/app/`)
  await page.getByRole('link', { name: '其中退回重办 1 件' }).click()
  await rows(page).getByText('◔ 退回').waitFor()
  expect(await listed(page)).toBe(1)
  await page.context().close()
})

test('signing shows, and taking it back is no change to whoever did it', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/obligations?level=orange&standing=held')
  await expect.poll(() => listed(page)).toBe(2)
  await page.getByLabel('选中这一页的全部').check()
  await page.getByRole('button', { name: '签收 2 件' }).click()
  await expect.poll(() => rows(page).getByText('已签收').count()).toBe(2)
  await page.locator('.bulk').getByRole('button', { name: '整批撤回' }).click()
  await expect.poll(() => rows(page).getByText('已签收').count()).toBe(0)
  await page.waitForLoadState('networkidle')
  expect(await rows(page).getByText('● 有变动').count()).toBe(0)
  await page.context().close()
})

test('what is not found is looked for in everything, not called nothing to do', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'chengguan', '/app/obligations')
  await page.locator('#list-search').fill('没有这个编号')
  await page.locator('#list-search').press('Enter')
  await page.getByText('现在的条件下没有找到“没有这个编号”。').waitFor()
  expect(await page.getByText('现在没有轮到您单位的事项').count()).toBe(0)
  await page.getByRole('link', { name: '在全部事项里找' }).click()
  await page.waitForURL(({ searchParams }) => searchParams.get('standing') === 'all' && searchParams.has('q'))
  await page.getByText('没有找到“没有这个编号”。', { exact: false }).waitFor()
  expect(await page.getByRole('link', { name: '在全部事项里找' }).count()).toBe(0)
  await page.context().close()
})

test('a telephone says what it lists, and a chip drops a filter', async () => {
  const page = await openPage({ viewport: { width: 390, height: 844 } })
  const asked = 'office=sn.ak.zy.maoba&officeOnly=true&standing=unfinished'
  await app.signIn(page, /救助中心/, `/app/obligations?${asked}`)
  await page.getByRole('button', { name: '毛坝镇 ×' }).waitFor()
  await page.getByRole('button', { name: '状态 未办结' }).click()
  await page.locator('#list-filters').getByLabel('状态').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: '毛坝镇 ×' }).click()
  await page.waitForURL((url) => !url.searchParams.has('office'))
  await page.setViewportSize(DESK.viewport)
  await page.getByRole('button', { name: '状态 未办结' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '键盘 ?' }).click()
  await page.getByRole('region', { name: '键盘' }).waitFor()
  await page.context().close()
})

test('a problem leads back to the problems, and through them', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/')
  const problem = { origin: 'audit', type: 'missed-cover', wrong: '一户未纳入低保', measure: '核查后纳入' }
  for (const dueOn of ['2022-06-20', '2022-06-21'])
    await post(page, '/problems', { ...problem, offices: ['sn.ak.zy.maoba'], dueOn })
  await page.goto(`${app.url}/app/problems?office=sn.ak.zy.maoba`)
  await page
    .getByRole('listitem')
    .getByRole('link', { name: /毛坝镇/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  const before = new URL(page.url()).pathname
  await page.getByRole('button', { name: '下一件' }).and(page.locator(':not([aria-disabled=true])')).click()
  await page.waitForURL(({ pathname }) => pathname !== before && /\/obligations\//.test(pathname))
  await expect.poll(() => page.getByText('一户未纳入低保').count()).toBeGreaterThan(0)
  await page.getByRole('link', { name: '← 问题整改' }).click()
  await page.waitForURL(
    ({ pathname, searchParams }) => pathname.endsWith('/problems') && searchParams.has('office'),
  )
  await page.context().close()
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

const { app, browser } = appInBrowser()
const complaints: string[] = []

async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'zh-CN', ...options })).newPage()
  keepComplaints(page, complaints, /status of (401|503)/)
  return page
}

test('on a telephone signing stands first beside handing in, and is done with one tap that can be taken back', async () => {
  const page = await openPage({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true })
  await app.signInAsOfficer(page, 'maoba', `/app/obligations/${await app.idOf('YJ1')}`)
  const work = page.locator('.work button:visible')
  const sign = page.getByRole('button', { name: '签收', exact: true })
  await sign.waitFor()
  expect((await work.allInnerTexts()).slice(0, 2)).toEqual(['签收', expect.stringMatching(/^提交/)])
  const [first, second] = [await work.nth(0).boundingBox(), await work.nth(1).boundingBox()]
  expect(second?.y).toBe(first?.y)
  await page.getByRole('button', { name: '更多' }).tap()
  // No word is torn.
  for (const button of await work.all()) expect((await button.boundingBox())!.height).toBeLessThan(50)
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  await page.getByRole('button', { name: '收起' }).tap()
  await sign.tap()
  await page.getByText('已签收。').waitFor()
  await sign.waitFor({ state: 'detached' })
  await page.locator('.actions .done').getByRole('button', { name: /撤回/ }).tap()
  await sign.waitFor()
  // Taken back and done anew, it is done.
  await sign.tap()
  await page.getByText('已签收。').waitFor()
  const asked = `select acknowledged_at is not null as done from obligations where external_id = 'YJ1'`
  expect((await app.stack.pool.query<{ done: boolean }>(asked)).rows).toEqual([{ done: true }])
  await page.context().close()
})

test('the due day leads to its calendar, whose marks are explained, and escalations to come are one line', async () => {
  const page = await openPage({ viewport: { width: 1280, height: 700 } })
  const id = await app.idOf('YJ2')
  await app.signIn(page, /救助中心/, `/app/obligations?standing=overdue&kind=warning&open=${id}`)
  const beside = page.getByRole('complementary')
  const ahead = beside.locator('summary', { hasText: /将督办 \d+ 次/ })
  await ahead.waitFor()
  expect(await ahead.innerText()).toMatch(/^\S+.* 起/)
  const fold = { has: page.locator('summary', { hasText: /将督办 \d+ 次/ }) }
  const steps = beside.locator('details', fold).getByRole('listitem')
  expect(await steps.first().isVisible()).toBe(false)
  await ahead.click()
  await steps.first().waitFor()
  await beside.getByText('划线:周末、放假').waitFor()
  await beside.getByText('小数字:第几个工作日').waitFor()
  const before = page.url()
  const why = beside.getByRole('heading', { name: /^为什么是/ })
  await beside.getByTitle('看为什么是这一天').click()
  expect(await why.evaluate((heading) => heading.matches(':focus'))).toBe(true)
  await expect
    .poll(() => why.evaluate((heading) => Math.round(heading.getBoundingClientRect().top)))
    .toBeLessThan(650)
  expect(page.url()).toBe(before)
  expect(await accessibilityFaults(page)).toEqual([])
  await page.context().close()
})

test('while a demonstration is being made the overview gives no verdict, and says how far it is', async () => {
  const page = await openPage({ serviceWorkers: 'block' })
  let percent: number | null = 13
  await page.route('**/v1/me', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), demo: true } })
  })
  await page.route('**/readyz', (route) => {
    const made = { name: 'demo', mode: 'embedded', state: 'ready', detail: '虚构的人和户' }
    const making = { ...made, state: 'starting', detail: `正在生成演示数据 ${percent} %` }
    const parts = [percent === null ? made : making]
    return route.fulfill({ status: percent === null ? 200 : 503, json: { ready: percent === null, parts } })
  })
  await app.signIn(page, /救助中心/, '/app/')
  await page.getByText('正在生成演示数据 13 %').waitFor()
  await page.getByText('也不说哪个镇最需督办').waitFor()
  await page.waitForLoadState('networkidle')
  expect(await page.getByRole('group', { name: '现在怎样' }).count()).toBe(0)
  expect(await page.getByRole('table').count()).toBe(0)
  percent = null
  await page
    .getByRole('group', { name: '现在怎样' })
    .getByText(/最需督办:/)
    .waitFor()
  await page.getByText('正在生成演示数据').waitFor({ state: 'detached' })
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.context().close()
})

test('none of these pages complained', () => {
  expect(complaints).toEqual([])
})

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

const { app, browser } = appInBrowser()
const complaints: string[] = []

const PHONE = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true }

/** Asked for: 401 leads to the sign-in, 412 is the other's change. */
async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<[Page, BrowserContext]> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  keepComplaints(page, complaints, /status of (401|412)|ERR_INTERNET_DISCONNECTED|ERR_FAILED/)
  return [page, context]
}

test('an officer goes from the mail to having handed in on a telephone, with four taps, also when the network is cut', async () => {
  const path = `/app/obligations/${await app.idOf('YJ1')}`
  const mails = await Promise.all(
    (await app.stack.inbox.list({ limit: 200 })).map(({ id }) => app.stack.inbox.get(id)),
  )
  expect(mails.filter((mail) => mail?.text.includes(path)).length).toBeGreaterThan(0)
  const [page, context] = await openPage(PHONE)
  await app.signInAsOfficer(page, 'maoba', path)
  expect(new URL(page.url()).pathname).toBe(path)
  await page.getByRole('button', { name: /^提交/ }).tap()
  await page.getByLabel('核查结论').selectOption({ label: '纳入低保' })
  await page.getByLabel(/说明/).fill('已入户,符合条件')
  // A page that was lost keeps what was written.
  await page.reload()
  await page.getByRole('button', { name: /^提交/ }).tap()
  expect(await page.getByLabel(/说明/).inputValue()).toBe('已入户,符合条件')
  await context.setOffline(true)
  await page.getByRole('button', { name: '确定提交' }).tap()
  await page.getByText('连上后自动发送').waitFor()
  await context.setOffline(false)
  await page.getByText('已提交。').waitFor()
  const { rows } = await app.stack.pool.query<{ state: string; events: number }>(
    `select o.state, (select count(*)::int from events e where e.obligation = o.id and e.action = 'submit') as events
       from obligations o where external_id = 'YJ1'`,
  )
  expect(rows).toEqual([{ state: 'submitted', events: 1 }])
  await context.close()
})

test('the centre accepts what was handed in with one key, and the queue is empty', async () => {
  const [page, context] = await openPage()
  await app.signIn(page, /救助中心/, '/app/review')
  await page.getByRole('heading', { name: /毛坝镇 因病预警核查/ }).waitFor()
  expect(await page.innerText('main')).toContain('纳入低保')
  await page.getByText('第 1 件,共 1 件').waitFor()
  await page.getByRole('link', { name: '查看清单' }).click()
  await page.getByRole('link', { name: /毛坝镇 因病预警核查/ }).waitFor()
  await page.goBack()
  await page.getByText('第 1 件,共 1 件').waitFor()
  // What may be done is read beside the item.
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('a')
  await page.getByText('毛坝镇 因病预警核查 已通过。').waitFor()
  await page.getByText('没有待您复核的。').waitFor()
  // Pressed by mistake, it is taken back right there, and is looked at again.
  await page.getByRole('button', { name: '撤回刚才的操作' }).click()
  await page.getByText('毛坝镇 因病预警核查 已撤回,还待复核。').waitFor()
  await page.getByRole('heading', { name: /毛坝镇 因病预警核查/ }).waitFor()
  await page.locator('.review .buttons button:enabled', { hasText: '通过' }).waitFor()
  await page.keyboard.press('a')
  await page.getByText('毛坝镇 因病预警核查 已通过。').waitFor()
  await page.getByText('没有待您复核的。').waitFor()
  await context.close()
})

test('from the worst town of the overview to its late one, beside the list, and why its day is what it is', async () => {
  const [page, context] = await openPage()
  await app.signIn(page, /救助中心/, '/app/')
  await page
    .getByRole('row', { name: /毛坝镇/ })
    .locator('a.late')
    .click()
  await page.waitForURL((url) => url.searchParams.get('standing') === 'overdue')
  await page
    .getByRole('link', { name: /毛坝镇 因病预警核查/ })
    .first()
    .waitFor()
  // The launch fell due before the warning.
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const beside = page.getByRole('complementary')
  await beside.getByText('第 5 个工作日').waitFor()
  await beside.getByText('端午').first().waitFor()
  await beside.getByText('第 1 级督办').first().waitFor()
  // The rule that gave the days leads to all rules, which everybody reads.
  await beside.getByRole('link', { name: '橙色预警核查:5 个工作日' }).click()
  await page.getByRole('row', { name: /^红色预警核查 3 个工作日/ }).waitFor()
  await page.getByText('逾期 1 个工作日找镇分管领导').first().waitFor()
  await page.goBack()
  await beside.getByText('第 5 个工作日').waitFor()
  await page.keyboard.press('Escape')
  await beside.waitFor({ state: 'detached' })
  await context.close()
})

test('whoever reviews the task of a whole list of problems reads the problems themselves', async () => {
  const [page, context] = await openPage()
  await app.signIn(page, /救助中心/, '/app/')
  const problem = {
    origin: 'audit',
    type: 'missed-cover',
    wrong: '双河村一户符合条件没有纳入',
    dueOn: '2022-12-01',
  }
  const { statuses, task } = await page.evaluate(
    async ({ office, ...more }) => {
      const post = (path: string, body: object) =>
        fetch(path, {
          ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
          body: JSON.stringify(body),
        })
      const registered = await post('/v1/problems', { ...more, offices: [office] })
      const { dueOn } = more
      const given = { kind: 'rectification', office, title: '问题清单整改销号', dueOn }
      const answer = await post('/v1/obligations', given)
      const { id } = (await answer.json()) as { id: string }
      return { statuses: [registered.status, answer.status], task: id }
    },
    { ...problem, office: 'sn.ak.zy.maoba' },
  )
  expect(statuses).toEqual([201, 201])
  await page.goto(`${app.url}/app/obligations/${task}`)
  await page.getByRole('heading', { name: '毛坝镇的问题' }).waitFor()
  await page.getByText('登记 1 件,已销号 0 件,未销号 1 件。').waitFor()
  await page.getByText('双河村一户符合条件没有纳入').waitFor()
  // The list asks for the campaign that was counted.
  await page.getByRole('link', { name: '查看问题清单' }).click()
  await page.waitForURL((url) => /./.test(url.searchParams.get('campaign') ?? ''))
  await page.getByRole('heading', { name: '毛坝镇的问题' }).waitFor()
  await context.close()
})

test('two at once: the second is told that somebody changed it, and keeps what was written', async () => {
  const path = `/app/obligations/${await app.idOf('YJ2')}`
  const [first, one] = await openPage()
  const [second, two] = await openPage()
  await app.signInAsOfficer(first, 'maoba', path)
  await app.signInAsOfficer(second, 'maoba', path)
  for (const page of [first, second]) await page.getByRole('button', { name: /^提交/ }).click()
  await second.getByLabel('核查结论').selectOption({ label: '不符合条件' })
  await first.getByLabel('核查结论').selectOption({ label: '临时救助' })
  await first.getByRole('button', { name: '确定提交' }).click()
  await first.getByText('已提交。').waitFor()
  await second.getByRole('button', { name: '确定提交' }).click()
  await second.getByRole('alert').first().waitFor()
  expect(await second.getByLabel('核查结论').inputValue()).toBe('ineligible')
  expect(await second.innerText('main')).toContain('刚被别人改过')
  await one.close()
  await two.close()
})

test('no page has a fault of accessibility, in either theme and language, and none is cut on a telephone', async () => {
  const item = `/app/obligations/${await app.idOf('YJ1')}`
  for (const colorScheme of ['light', 'dark'] as const) {
    const [page, context] = await openPage({ ...PHONE, colorScheme })
    await page.goto(`${app.url}/app/sign-in`)
    await page
      .getByRole('button', { name: /救助中心/ })
      .first()
      .waitFor()
    expect(['/app/sign-in', colorScheme, await accessibilityFaults(page)]).toEqual([
      '/app/sign-in',
      colorScheme,
      [],
    ])
    await app.signIn(page, /救助中心/, '/app/')
    if (colorScheme === 'dark') await page.evaluate(`localStorage.setItem('duban.language', 'en')`)
    for (const path of ['/app/', '/app/obligations?standing=all', item, '/app/review']) {
      await page.goto(app.url + path, { waitUntil: 'networkidle' })
      expect([path, colorScheme, await accessibilityFaults(page)]).toEqual([path, colorScheme, []])
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect([path, wide]).toEqual([path, 0])
    }
    await context.close()
  }
})

test('no page wrote to the console, and none broke its policy', () => {
  expect(complaints).toEqual([])
})

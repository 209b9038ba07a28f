import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../src/services/access/passwords.ts'
import { buildApp } from '../../src/api/app.ts'
import { listen, type Server } from '../../src/api/server.ts'
import { setPassword } from '../../src/services/access/credentials.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { apiDeps } from '../support/api-deps.ts'
import { launchBrowser } from '../support/browser.ts'
import { rolePools } from '../support/scoped.ts'
import { keys, log, type Stack, startStack } from '../support/stack.ts'
import { givenWarning } from '../support/warnings.ts'

let stack: Stack
let server: Server
let browser: Browser
let pools: ReturnType<typeof rolePools>
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  stack = await startStack({ start: instantAt('2022-06-02', '09:00') })
  await stack.startCampaign(2022)
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-13', '15:00')
  pools = rolePools(stack.database)
  const { api: pool, gate } = pools
  const app = await buildApp({ ...apiDeps(), pool, gate, keys, log, inbox: stack.inbox, demoSignIn: true })
  server = await listen(app, { host: '127.0.0.1', port: 0 })
  browser = await launchBrowser()
  page = await browser.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await pools?.end()
  await stack?.stop()
})

test('who has not signed in is asked to, and comes back to where they wanted to go', async () => {
  await page.goto(`${server.url}/account`)
  await page
    .getByRole('button', { name: /救助中心/ })
    .first()
    .click()
  expect(new URL(page.url()).pathname).toBe('/account')
  expect(await page.innerText('main')).toContain('救助中心')
})

test('the first page says who is late, what mail went out, and that nothing is unwatched', async () => {
  await page.goto(server.url)
  const text = await page.innerText('main')
  for (const said of ['兜底保障成果巩固提升行动 2022', '毛坝镇', '▲ 1', '才能关闭', '全部在办事项均有人盯'])
    expect(text).toContain(said)
})

test('from a number of the first page to the obligations it counts, narrowed by the form, and to one of them', async () => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(server.url)
  await page
    .getByRole('row', { name: /毛坝镇/ })
    .getByRole('link', { name: '▲' })
    .click()
  expect(new URL(page.url()).searchParams.get('standing')).toBe('overdue')
  expect(await page.innerText('main')).toContain('▲ 逾期 1 个工作日')
  await page.getByLabel('等级').selectOption({ label: '红色' })
  await page.getByRole('button', { name: '查看' }).click()
  expect(await page.innerText('main')).toContain('没有符合这些条件的事项')
  await page.getByRole('link', { name: '清除条件' }).first().click()
  await page.getByRole('link', { name: '因病预警核查' }).click()
  expect(await page.innerText('main')).toContain('━ 现在 ━')
  await page.setViewportSize({ width: 1280, height: 800 })
})

test('from a mail of the outbox to its text and why it was sent', async () => {
  await page.goto(server.url)
  await page
    .getByRole('row', { name: /毛坝分管领导/ })
    .getByRole('link')
    .first()
    .click()
  await page.getByRole('link', { name: '纯文本' }).click()
  expect(await page.innerText('pre')).toMatch(
    /^【督办】▲ 逾期 1 个工作日 6月10日 周五到期 · 橙色预警核查 .* → 请督促办结$/m,
  )
  await page.getByRole('link', { name: '为什么发出' }).click()
  expect(await page.innerText('main')).toContain('收件人是镇分管领导,毛坝镇的事项逾期后按督办层级告知')
})

test('the trial inbox shows the mail itself, framed and harmless', async () => {
  await page.goto(`${server.url}/inbox`)
  await page
    .getByRole('row', { name: /2022-06-08 08:30 officer@maoba/ })
    .getByRole('link')
    .click()
  const frame = page.frameLocator('iframe[title="邮件正文"]')
  expect(await frame.locator('body').innerText()).toContain('橙色预警核查')
})

test('a mail leads to its item, whose receipt counts the days and names the holiday', async () => {
  await page.goto(`${server.url}/inbox`)
  await page
    .getByRole('row', { name: /2022-06-08 08:30 officer@maoba/ })
    .getByRole('link')
    .click()
  await page.getByRole('link', { name: '纯文本' }).click()
  const path = /橙色预警核查.*\s+\S*?(\/obligations\/\S+)/.exec(await page.innerText('pre'))?.[1] ?? ''
  await page.goto(server.url + path)
  const text = await page.innerText('main')
  for (const said of [
    '为什么是 2022-06-10',
    '端午',
    '第 5 个工作日',
    '━ 现在 ━',
    '2022-06-08 08:30\t提前 2 个工作日提醒',
    '第 1 级督办',
  ])
    expect(text).toContain(said)
})

test('on a telephone no page is cut or moves sideways; what is wide scrolls in its own box', async () => {
  const phone = await browser.newPage({ viewport: { width: 390, height: 800 } })
  // Run in the page, with everything open that a click opens.
  const cut = () =>
    phone.evaluate<string[]>(`
      document.querySelectorAll('details').forEach((one) => (one.open = true));
      [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll'))
        .map((one) => one.outerHTML.slice(0, 80))`)
  const looksWell = async (path: string) => {
    await phone.goto(server.url + path)
    expect([path, await cut()]).toEqual([path, []])
  }
  await phone.goto(`${server.url}/sign-in`)
  await phone
    .getByRole('button', { name: /救助中心/ })
    .first()
    .click()
  const [item] = (await stack.pool.query<{ id: string }>('select id from obligations limit 1')).rows
  const [mail] = (await stack.pool.query<{ id: string }>('select id from mails limit 1')).rows
  const [obligation, letter] = [`/obligations/${item?.id}`, `/mails/${mail?.id}`]
  for (const path of ['/', '/account', '/inbox', '/obligations?standing=all', obligation, letter, '/nowhere'])
    await looksWell(path)
  await phone.goto(`${server.url}/obligations?standing=all`)
  expect(await phone.locator('tbody tr').count()).toBeGreaterThan(5)
  await phone.goto(`${server.url}/account`)
  await phone.getByRole('button', { name: '开启两步验证' }).click()
  expect(await cut()).toEqual([])
  await phone.getByRole('button', { name: '退出' }).click()
  await phone
    .getByRole('button', { name: /系统管理员/ })
    .first()
    .click()
  await looksWell('/users')
  await phone.close()
})

test('on the page of accounts the first click only asks, and the second does it', async () => {
  const admin = await browser.newPage()
  await admin.goto(`${server.url}/sign-in?next=/users`)
  await admin
    .getByRole('button', { name: /系统管理员/ })
    .first()
    .click()
  await admin.getByPlaceholder('姓名、邮箱或单位').fill('head@maoba')
  await admin.getByRole('button', { name: '查找' }).click()
  await admin.getByText('停用', { exact: true }).click()
  expect(new URL(admin.url()).search).toContain('q=head')
  expect(await admin.innerText('main')).toContain('毛坝镇 镇分管领导没有别人')
  await admin.getByRole('button', { name: '确认停用' }).click()
  expect(await admin.innerText('[role=status]')).toContain('已停用')
  expect(await admin.innerText('main')).toContain('找到 1 人')
  await admin.getByRole('button', { name: '恢复' }).click()
  expect(await admin.innerText('[role=status]')).toContain('已恢复')
  await admin.close()
})

test('return in the field of a password does not skip the question', async () => {
  const password = '两个黄鹂鸣翠柳 3'
  const { rows } = await stack.pool.query<{ id: string; email: string }>(
    `select id, email from people where email like 'officer@maoba%'`,
  )
  const { id = '', email = '' } = rows[0] ?? {}
  await setPassword(stack.pool, id, await hashPassword(password), Date.now())
  const signedIn = async () => {
    const own = await (await browser.newContext()).newPage()
    await own.goto(`${server.url}/sign-in?next=/account`)
    await own.getByLabel('邮箱').fill(email)
    await own.getByLabel('密码').fill(password)
    await own.getByRole('button', { name: '登录', exact: true }).click()
    expect(await own.innerText('main')).toContain('登录中的设备')
    return own
  }
  const [elsewhere, here] = [await signedIn(), await signedIn()]
  const field = here.locator('form[action="/account/sessions/end"] input[name=password]')
  await field.fill(password)
  await field.press('Enter')
  await here.waitForTimeout(500)
  expect(await here.locator('[role=status]').count()).toBe(0)
  await elsewhere.reload()
  expect(await elsewhere.innerText('main')).toContain('登录中的设备')
  await here.getByText('结束其他所有登录', { exact: true }).click()
  await here.getByRole('button', { name: '确认结束其他所有登录' }).click()
  expect(await here.innerText('[role=status]')).toContain('其他登录已全部结束')
  for (const one of [elsewhere, here]) await one.context().close()
})

test('the reference of the API works under its own policy, without a script in the page', async () => {
  await page.goto(`${server.url}/docs/`)
  await page.getByText('/v1/offices').first().click()
  expect(await page.innerText('#swagger-ui')).toContain('督办 Duban')
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

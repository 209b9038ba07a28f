import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

const { app, browser } = appInBrowser()
const complaints: string[] = []

/** What was read longer ago is read anew as somebody comes back to the page (web/src/api/query.ts). */
const FRESH_MS = 15_500

async function newPage(size = { width: 1280, height: 800 }): Promise<Page> {
  const page = await (await browser.newContext({ viewport: size })).newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  return page
}

/** A sample person on a page of the app. The sign-in page is open, so nothing is refused on the way. */
async function signedIn(role: RegExp, path: string, size?: { width: number; height: number }): Promise<Page> {
  const page = await newPage(size)
  await page.goto(`${app.url}/app/sign-in?next=${encodeURIComponent(path)}`)
  await page.getByRole('button', { name: role }).first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const isSideways = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')

test('from the list of mails, narrowed, to one of them: its own page, its text and why it was sent', async () => {
  const page = await signedIn(/救助中心/, '/mails')
  const row = page.getByRole('row', { name: /毛坝分管领导/ })
  await row.first().waitFor()
  expect(await row.first().innerText()).toContain('已送达服务器')
  await page.getByLabel('结果').selectOption({ label: '没有送达或被退回' })
  await page.getByText('没有符合这些条件的邮件').waitFor()
  expect(new URL(page.url()).searchParams.get('state')).toBe('failed')
  await page.getByRole('main').getByRole('link', { name: '清除条件' }).click()
  await row.getByRole('link').first().click()
  const frame = page.frameLocator('iframe[title="邮件正文"]')
  expect(await frame.locator('body').innerText()).toContain('橙色预警核查')
  // As high as the mail: neither scrolled within the page, nor followed by empty screens.
  const heights = () =>
    page.evaluate<[number, number]>(`(() => {
      const frame = document.querySelector('iframe')
      return [frame.clientHeight, frame.contentDocument.documentElement.offsetHeight]
    })()`)
  await expect
    .poll(heights, { timeout: 20_000 })
    .toSatisfy(([high, mail]: [number, number]) => high >= mail && high <= Math.max(240, mail + 2))
  await page.getByRole('link', { name: '为什么发出' }).click()
  await page.getByText('收件人是镇分管领导,毛坝镇的事项逾期后按督办层级告知').first().waitFor()
  await page.getByRole('link', { name: '纯文本' }).click()
  expect(await page.innerText('pre')).toContain('【督办】')
  await page.getByRole('link', { name: '全部邮件' }).click()
  await page.getByRole('link', { name: '没有通知到的人' }).click()
  await page.getByRole('heading', { name: '没有通知到的人', level: 1 }).waitFor()
  await page.context().close()
})

test('the trial inbox is read without a sign-in, one mail after the other', async () => {
  const page = await newPage({ width: 320, height: 640 })
  await page.goto(`${app.url}/app/inbox`)
  expect(await page.getByRole('note').innerText()).toContain('没有真的发出')
  await page.getByRole('link', { name: /^【/ }).first().click()
  const heading = page.locator('article h1')
  const first = await heading.innerText()
  await page.getByRole('link', { name: '下一封' }).click()
  await page.getByRole('link', { name: '上一封' }).click()
  expect(await heading.innerText()).toBe(first)
  expect(await isSideways(page)).toBe(false)
  await page.context().close()
})

test('a second factor is set up with the code of the drawn secret, and other sign-ins end', async () => {
  const page = await signedIn(/核对中心/, '/account', { width: 320, height: 640 })
  expect(await page.locator('header.top').evaluate((top) => top.getBoundingClientRect().height)).toBe(48)
  await page.getByRole('button', { name: '开启两步验证' }).click()
  await page.getByRole('img', { name: '两步验证的二维码' }).waitFor()
  const secret = Secret.fromBase32(await page.innerText('main pre'))
  await page.getByLabel('应用显示的动态口令').fill(new TOTP({ secret }).generate())
  await page.getByRole('button', { name: '确认开启' }).click()
  await page.getByText('已开启:登录时要输入动态口令').waitFor()
  expect(await isSideways(page)).toBe(false)
  await page.context().close()
})

test('an absence is entered and ended; the first press only asks', async () => {
  const page = await signedIn(/镇经办人/, '/account')
  await page.getByRole('button', { name: '登记离岗', exact: true }).click()
  await page.getByText('没有代理人,提醒由上一级收到').waitFor()
  await page.getByRole('button', { name: '返岗,撤销登记' }).click()
  await page.getByText('从现在起按在岗处理').waitFor()
  await page.getByRole('button', { name: '确定返岗,撤销登记' }).click()
  await page.getByText('没有登记离岗').waitFor()
  await page.context().close()
})

test('a calendar is given an address, which is shown once, renewed and turned off', async () => {
  const page = await signedIn(/镇经办人/, '/account', { width: 320, height: 640 })
  const make = page.getByRole('button', { name: '生成订阅地址', exact: true })
  await make.click()
  await page.getByText('知道这个地址的人不用登录就能看到').waitFor()
  await page.getByRole('button', { name: '确定生成订阅地址' }).click()
  const shown = page.locator('main code').filter({ hasText: 'duban.ics' })
  await shown.waitFor()
  const first = await shown.innerText()
  await page.getByText('还没有日历读过').waitFor()
  expect(await isSideways(page)).toBe(false)
  expect(await accessibilityFaults(page)).toEqual([])
  const read = async (address: string) =>
    (await fetch(`${new URL(page.url()).origin}${new URL(address).pathname}`)).status
  expect(await read(first)).toBe(200)
  await page.getByRole('button', { name: '换一个新地址', exact: true }).click()
  await page.getByRole('button', { name: '确定换一个新地址' }).click()
  await expect.poll(() => shown.innerText()).not.toBe(first)
  const second = await shown.innerText()
  expect([await read(first), await read(second)]).toEqual([404, 200])
  // Another device ends it and makes one of its own: the address that leads nowhere now is not shown again.
  const { origin } = new URL(page.url())
  const how = { headers: { origin } }
  const url = `${origin}/v1/me/calendar-feed`
  expect((await page.request.delete(url, how)).status()).toBe(204)
  const made = await page.request.post(url, { ...how, data: { password: '-' } })
  expect(made.status(), await made.text()).toBe(200)
  const third = (await made.json()) as { url: string }
  const readAnew = page.waitForResponse((answer) => answer.url() === url)
  await page.clock.setFixedTime(Date.now() + FRESH_MS)
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`)
  await readAnew
  await shown.waitFor({ state: 'detached' })
  expect([await read(second), await read(third.url)]).toEqual([404, 200])
  await page.reload()
  await page.getByText('最近读取').waitFor()
  expect(await shown.count()).toBe(0)
  await page.getByRole('button', { name: '停用订阅', exact: true }).click()
  await page.getByRole('button', { name: '确定停用订阅' }).click()
  await page.getByText('已停用。').waitFor()
  await make.waitFor()
  await page.context().close()
})

test('the menu of a person leads to the account, changes theme and language, and leads out', async () => {
  const page = await signedIn(/分管局领导/, '/mails')
  const menu = page.locator('header details').last()
  await menu.locator('summary').click()
  await menu.getByLabel('明暗').selectOption('dark')
  expect(await page.locator('html').getAttribute('class')).toContain('dark')
  await menu.getByLabel('语言').selectOption('en')
  await page.getByRole('heading', { name: 'Mails', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  expect(await menu.getAttribute('open')).toBeNull()
  await menu.locator('summary').click()
  await menu.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
  await page.context().close()
})

test('an administrator finds somebody, is told what disabling does, and makes and revokes a key', async () => {
  const page = await signedIn(/系统管理员/, '/admin/people')
  await page.getByLabel('查找姓名、邮箱、单位').fill('head@maoba')
  await page.getByText(/^找到 1 人/).waitFor()
  await page.locator('tbody a').click()
  await page.getByRole('button', { name: '停用' }).click()
  await page.getByText('不能再登录,也不再收到提醒').waitFor()
  await page.getByRole('button', { name: '确定停用' }).click()
  await page.getByText('∥ 已停用').waitFor()
  await page.getByRole('button', { name: '恢复' }).click()
  await page.getByText('已恢复').waitFor()
  await page.getByRole('link', { name: '接口密钥' }).click()
  await page.getByText('新建密钥').first().click()
  await page.getByLabel('名称').fill('看板')
  await page.getByLabel('单位(含下级)').selectOption({ label: '毛坝镇' })
  await page.getByLabel('查看督办事项').check()
  await page.getByRole('button', { name: '新建密钥' }).click()
  await page.getByText('密钥只显示这一次').waitFor()
  const made = page.getByRole('listitem').filter({ hasText: '看板' })
  await made.getByRole('button', { name: '停用' }).click()
  await page.getByRole('button', { name: '确定停用' }).click()
  await made.getByText('∥ 已停用').waitFor()
  await page.getByRole('link', { name: '系统', exact: true }).click()
  await page.getByText('常态核查:全部在办事项均有人盯').waitFor()
  await page.context().close()
})

test('an administrator sees why mail is held, and has it sent again', async () => {
  await app.stack.pool.query(
    `insert into mail_holds (county, reason, reply, since, since_wall)
     select office, 'login', '535 5.7.8 no', now(), now() from counties limit 1`,
  )
  const page = await signedIn(/系统管理员/, '/admin')
  await page.getByText('▲ 邮件暂停发出:邮件服务器拒绝了我方的登录').waitFor()
  await page.getByText('535 5.7.8 no').waitFor()
  await page.getByRole('button', { name: '已改好,立即重发' }).click()
  await page.getByText(/等待的邮件从 .* 起重发/).waitFor()
  await page.context().close()
})

test('an auditor narrows the trail to what one person did', async () => {
  const page = await signedIn(/审计员/, '/admin/audit', { width: 320, height: 640 })
  await page
    .getByRole('link', { name: /系统管理员/ })
    .first()
    .click()
  await page.waitForFunction(`location.search.includes('actor=')`)
  await page.getByRole('link', { name: '清除条件' }).waitFor()
  expect(await isSideways(page)).toBe(false)
  await page.context().close()
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

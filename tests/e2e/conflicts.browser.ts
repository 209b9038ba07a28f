import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { platformFile, platformRow } from '../support/platform-file.ts'
import { accessibilityFaults } from './axe.ts'
import { givenWarning } from '../support/warnings.ts'
import { again, both, boxOf, takeTheirs, twoPeople } from './two-people.ts'

/** Two people act on one thing at once: whoever is second sees both versions and decides. */
const { app, complaints, two } = twoPeople()

async function asOfficers(path: string): Promise<[Page, Page]> {
  const pages = await two()
  for (const page of pages) await app.signInAsOfficer(page, 'maoba', path)
  return pages
}

async function submitAs(page: Page, outcome: string, note: string): Promise<void> {
  await page.getByRole('button', { name: /^提交/ }).click()
  await page.getByLabel('核查结论').selectOption({ label: outcome })
  await page.getByLabel(/说明/).fill(note)
}

test('an item that somebody acknowledged meanwhile: who, when and what, and mine is sent again upon it', async () => {
  const [first, second] = await asOfficers(`/app/obligations/${await app.idOf('YJ1')}`)
  await submitAs(second, '临时救助', '已入户')
  await first.getByRole('button', { name: '签收' }).click()
  await first.getByText('已签收。').waitFor()
  await second.getByRole('button', { name: '确定提交' }).click()
  await boxOf(second).waitFor()
  await boxOf(second).getByRole('listitem').filter({ hasText: '签收' }).waitFor()
  expect(await boxOf(second).getByRole('listitem').innerText()).toMatch(/\S+\s+签收\s+.*\d{2}:\d{2}/)
  expect(await both(second, '办理状态')).toEqual(['待复核', '待办'])
  expect(await both(second, '核查结论')).toEqual(['临时救助', '–'])
  expect(await accessibilityFaults(second)).toEqual([])
  await again(second).click()
  await second.getByText('已提交。').waitFor()
  const { state } = (await row<{ state: string }>(
    app.stack.pool,
    `select state from obligations where external_id = 'YJ1'`,
  ))!
  expect(state).toBe('submitted')
})

test('an item that somebody handed in meanwhile: mine beside theirs; it cannot be sent again, and theirs is taken', async () => {
  const [first, second] = await asOfficers(`/app/obligations/${await app.idOf('YJ2')}`)
  await submitAs(first, '临时救助', '住院,已申请')
  await submitAs(second, '不符合条件', '收入超过')
  await first.getByRole('button', { name: '确定提交' }).click()
  await first.getByText('已提交。').waitFor()
  await second.getByRole('button', { name: '确定提交' }).click()
  await boxOf(second).getByText('住院,已申请').first().waitFor()
  expect(await both(second, '核查结论')).toEqual(['不符合条件', '临时救助'])
  expect((await both(second, '说明'))[1]).toBe('住院,已申请')
  expect(await again(second).isDisabled()).toBe(true)
  await takeTheirs(second)
  expect(await second.innerText('main')).not.toContain('收入超过')
})

test('a review that a colleague decided meanwhile stays open until that was seen', async () => {
  const pages = await two()
  const [first, second] = pages
  for (const page of pages) {
    await app.signIn(page, /救助中心/, '/app/review')
    await page.getByRole('heading', { name: /因病预警核查/ }).waitFor()
    await page.waitForLoadState('networkidle')
  }
  await first.keyboard.press('a')
  await first.getByText('已通过。').waitFor()
  await second.keyboard.press('a')
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '办理状态')).toEqual(['已办结', '已办结'])
  await expect.poll(() => again(second).isDisabled()).toBe(true)
  await takeTheirs(second)
})

test('a reason to return, typed while a colleague decided, stays until that was seen; nothing else is asked for beside it', async () => {
  const pages = await two()
  const [first, second] = pages
  for (const page of pages) {
    await app.signIn(page, /救助中心/, '/app/review')
    await page.locator('.review').waitFor()
    await page.waitForLoadState('networkidle')
  }
  await second.keyboard.press('r')
  await second.locator('.review textarea').fill('缺少入户照片')
  await first.keyboard.press('a')
  await first.getByText('已通过。').waitFor()
  await second.getByRole('button', { name: '确定退回' }).click()
  await boxOf(second).waitFor()
  expect(await second.locator('.review form').count()).toBe(0)
  expect(await second.locator('.review > .buttons').count()).toBe(0)
  await second.keyboard.press('a')
  await second.keyboard.press('r')
  await boxOf(second).getByText('缺少入户照片').waitFor()
  await takeTheirs(second)
})

test('a decision is told also where the queue was read without it before its answer came', async () => {
  await givenWarning(app.stack.pool, { id: 'YJ3', level: 'yellow' })
  const id = await app.idOf('YJ3')
  const [officer, centre] = await two()
  await app.signInAsOfficer(officer, 'maoba', `/app/obligations/${id}`)
  const body = { action: 'submit', result: { outcome: 'ineligible', note: '收入超过标准' } }
  const how = { data: body, headers: { origin: app.url } }
  expect((await officer.request.post(`${app.url}/v1/obligations/${id}/actions`, how)).status()).toBe(200)
  await app.signIn(centre, /救助中心/, '/app/review')
  await centre.getByRole('heading', { name: /因病预警核查/ }).waitFor()
  await centre.waitForLoadState('networkidle')
  await centre.route('**/v1/obligations/*/actions', async (route) => {
    const response = await route.fetch()
    // What is older than some seconds is read anew by whoever comes back to the window.
    await centre.clock.setFixedTime(Date.now() + 60_000)
    const read = centre.waitForResponse((answer) =>
      /\/v1\/obligations\?.*assignment=review/.test(answer.url()),
    )
    await centre.evaluate(`dispatchEvent(new Event('visibilitychange'))`)
    await (await read).finished()
    await centre.waitForTimeout(300)
    await route.fulfill({ response })
  })
  await centre.keyboard.press('a')
  await centre.getByText('已通过。').waitFor()
  await centre.context().close()
})

test('a household of a screening that a colleague wrote down meanwhile: both visits, and mine is saved upon theirs', async () => {
  const asked = `select id from obligations where kind = 'screening' and office = 'sn.ak.zy.maoba' order by id limit 1`
  const [first, second] = await asOfficers(
    `/app/obligations/${(await row<{ id: string }>(app.stack.pool, asked))!.id}`,
  )
  await first.getByRole('button', { name: '记录一户' }).click()
  await first.getByLabel('姓名').fill('赵小河')
  const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true }).click()
  await save(first)
  await second.reload()
  const visit = async (page: Page, finding: string) => {
    await page.getByRole('button', { name: '填写', exact: true }).first().click()
    await page.getByLabel(/走访日期/).fill('2022-06-10')
    await page.getByLabel(/查到的情况/).selectOption({ label: finding })
    await page.getByLabel(/后续安排/).selectOption({ label: '不需跟进' })
  }
  await visit(first, '没有困难')
  // Of those nobody has been to: it leaves that list once the first is saved.
  await second.getByLabel(/只看/).check()
  await visit(second, '查无此户')
  await save(first)
  await first.getByText('没有困难').first().waitFor()
  await save(second)
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '查到的情况')).toEqual(['查无此户', '没有困难'])
  expect(await boxOf(second).getByRole('listitem').innerText()).toMatch(/经办.*改过/)
  await again(second).click()
  await boxOf(second).waitFor({ state: 'detached' })
  await second.getByLabel(/只看/).uncheck()
  await second.locator('main li').getByText('查无此户').first().waitFor()
})

test('an import that a colleague cancelled meanwhile is told above it, and cannot be registered', async () => {
  const pages = await two()
  const [first, second] = pages
  await app.signIn(first, /救助中心/, '/app/imports')
  const file = platformFile([platformRow(951), platformRow(952)])
  await first
    .locator('main input[type=file]')
    .setInputFiles({ name: '同时.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await first.getByRole('button', { name: '登记 2 件' }).waitFor()
  await app.signIn(second, /救助中心/, new URL(first.url()).pathname)
  await second.getByRole('button', { name: /^登记/ }).waitFor()
  await first.getByRole('button', { name: '不登记,取消' }).click()
  await first.getByText('已取消').first().waitFor()
  await second.getByRole('button', { name: /^登记/ }).click()
  await boxOf(second).waitFor()
  await expect.poll(() => both(second, '办理状态')).toEqual(['登记', '已取消'])
  expect(await again(second).isDisabled()).toBe(true)
  await takeTheirs(second)
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

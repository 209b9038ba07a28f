import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

const { app, browser } = appInBrowser()
const complaints: string[] = []

/** 422 is asked for: a form that is refused. */
async function openPage(width: number): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage()
  keepComplaints(page, complaints, /status of (401|422)/)
  return page
}

test('the menu opens its groups by keyboard, closes them on Escape, and folds where it would not fit', async () => {
  const page = await openPage(1280)
  await app.signIn(page, /救助中心/, '/app/')
  const group = page.locator('header summary', { hasText: '专项工作' })
  await group.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '问题整改' }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: '问题整改' }).waitFor({ state: 'hidden' })
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '问题整改' }).click()
  await page.getByRole('heading', { name: '问题整改' }).waitFor()
  for (const width of [1100, 320]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await group.isVisible()).toBe(false)
    await page.getByText('菜单', { exact: true }).waitFor()
  }
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
})

test('a problem that lacks something says what, keeps what was written, and shows what was refused beside its field', async () => {
  const page = await openPage(1280)
  await app.signInAsOfficer(page, 'maoba', '/app/problems')
  await page.locator('main summary').first().click()
  await page.getByLabel('问题是什么').fill('短')
  await page.reload()
  await page.getByText('上次写的还在').waitFor()
  await page.getByRole('button', { name: /^登记/ }).first().click()
  await page.getByText('请填写整改单位。').waitFor()
  await page.getByLabel('毛坝镇').check()
  await page.getByLabel('问题来源').first().selectOption({ label: '自查' })
  await page.getByLabel('问题类型').first().selectOption({ label: '漏保' })
  await page.getByRole('button', { name: /^登记/ }).first().click()
  await page.locator('textarea[aria-invalid=true]').waitFor()
  expect(await page.getByLabel('问题是什么').getAttribute('aria-invalid')).toBe('true')
})

test('a household that is written down outlives a reload, and is none once it was registered', async () => {
  const page = await openPage(390)
  await app.signInAsOfficer(page, 'maoba', '/app/discovery')
  await page.getByLabel('姓名').fill('赵小河')
  await page.reload()
  expect(await page.getByLabel('姓名').inputValue()).toBe('赵小河')
  await page.getByRole('button', { name: '登记' }).click()
  await page.getByText('请选择后再登记。').waitFor()
  await page.getByLabel('等级').selectOption('yellow')
  await page.getByRole('button', { name: '登记' }).click()
  await page.waitForURL(/obligations\//)
  await page.getByText('✓ 已登记').waitFor()
  await page.goto(`${app.url}/app/discovery`)
  expect(await page.getByLabel('姓名').inputValue()).toBe('')
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

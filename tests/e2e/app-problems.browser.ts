import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { appInBrowser, keepComplaints } from './app-stack.ts'

/** What the page of problems selects stands in its address: a link shows the same, and whoever comes back finds it. */
const { app, browser } = appInBrowser()
const complaints: string[] = []

/** 400 is asked for: a campaign that is not there. */
async function openPage(path: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  keepComplaints(page, complaints, /status of (400|401)/)
  await app.signIn(page, /救助中心/, path)
  return page
}
const asked = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)

/** Problems of two towns, found by two ways. */
async function layProblems(page: Page): Promise<void> {
  const problems = [
    { offices: ['sn.ak.zy.maoba'], origin: 'self-check', type: 'missed-cover' },
    { offices: ['sn.ak.zy.maoba', 'sn.ak.zy.donghe'], origin: 'audit', type: 'other' },
  ]
  await page.evaluate(async (bodies) => {
    for (const [i, body] of bodies.entries())
      await fetch('/v1/problems', {
        ...{
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': `laid-${i}-key` },
        },
        body: JSON.stringify({ ...body, wrong: '两户没有签照料协议', dueOn: '2022-06-30' }),
      })
  }, problems)
}

const listed = (page: Page, count: number) => page.getByText(`列出 ${count} 件`).waitFor()

test('filters stand in the address, a link shows the same, and whoever comes back from an item finds them', async () => {
  const page = await openPage('/app/')
  await layProblems(page)
  await page.goto(`${app.url}/app/problems`)
  await listed(page, 3)
  await page.getByRole('button', { name: '毛坝镇' }).click()
  await listed(page, 2)
  await page.locator('.filters').getByLabel('问题来源').selectOption({ label: '审计' })
  await listed(page, 1)
  expect(asked(page)).toEqual({ office: 'sn.ak.zy.maoba', origin: 'audit' })
  const address = page.url()
  await page.locator('main li a').first().click()
  await page.waitForURL(/obligations\//)
  await page.goBack()
  await listed(page, 1)
  expect(page.url()).toBe(address)
  expect(await page.locator('.filters').getByLabel('问题来源').inputValue()).toBe('audit')
  const other = await page.context().newPage()
  keepComplaints(other, complaints, /status of 401/)
  await other.goto(address)
  await listed(other, 1)
  await other.getByRole('heading', { name: '毛坝镇的问题' }).waitFor()
  await page.getByRole('button', { name: '看全部单位' }).click()
  await listed(page, 2)
  expect(asked(page)).toEqual({ origin: 'audit' })
  // The menu leads to everything again.
  await page.goto(`${app.url}/app/problems`)
  await listed(page, 3)
  await page.context().close()
})

test('the keys walk the problems that are selected, and the way back leads to them', async () => {
  const page = await openPage('/app/problems?origin=audit')
  await listed(page, 2)
  const names = (await page.locator('main li a').allInnerTexts()).map((name) => name.trim())
  await page.locator('main li a').first().click()
  const title = (name: string) => page.locator('article h1', { hasText: name }).waitFor()
  await title(names[0]!)
  const [previous, next] = [/上一件/, /下一件/].map((name) => page.getByRole('button', { name }))
  await page.keyboard.press('j')
  await title(names[1]!)
  // The third one came to light otherwise.
  expect(await next!.getAttribute('aria-disabled')).toBe('true')
  await previous!.click()
  await title(names[0]!)
  expect(await previous!.getAttribute('aria-disabled')).toBe('true')
  await page.keyboard.press('j')
  await title(names[1]!)
  await page.getByRole('link', { name: '← 问题整改' }).click()
  await listed(page, 2)
  expect(asked(page)).toEqual({ origin: 'audit' })
  await page.context().close()
})

test('a link to one campaign says whose problems these are and leads to those of all; one that is not there is told once', async () => {
  const { id } = (await row<{ id: string }>(app.stack.pool, 'select id from campaigns'))!
  const page = await openPage(`/app/problems?campaign=${id}&state=open`)
  await page.getByText(/^只看“.*2022.*”的问题。/).waitFor()
  await page.getByRole('button', { name: '看各年的问题' }).click()
  await page.getByText('清单列出各年的问题', { exact: false }).waitFor()
  expect(asked(page)).toEqual({ state: 'open' })
  await page.goto(`${app.url}/app/problems?campaign=cp_none`)
  await page.getByText('没有这个行动,请核对编号', { exact: false }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(await page.getByRole('alert').count()).toBe(1)
  await page.getByRole('button', { name: '看各年的问题' }).click()
  await listed(page, 3)
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.context().close()
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

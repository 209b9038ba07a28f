import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'
import { textOf } from './join-browser.ts'

const { app, browser } = appInBrowser()
const complaints: string[] = []

async function openPage(permissions: string[] = []): Promise<Page> {
  const page = await (await browser.newContext({ permissions, acceptDownloads: true })).newPage()
  keepComplaints(page, complaints, /status of (400|401)/)
  return page
}

/** What a page follows it asks for every twenty seconds. */
const FOLLOWED = { timeout: 50_000 }

test('a list follows what others do in place; under the hand of whoever reads an item it says so and stays', async () => {
  const centre = await openPage()
  await app.signIn(centre, /救助中心/, '/app/obligations?standing=overdue&kind=warning')
  const rows = centre.locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(2)
  const officer = await openPage()
  await app.signInAsOfficer(officer, 'maoba', '/app/')
  const sign = (id: string) =>
    officer.evaluate(
      (path) =>
        fetch(path, {
          ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
          body: '{"action":"acknowledge"}',
        }).then(({ status }) => status),
      `/v1/obligations/${id}/actions`,
    )
  const signed = () => rows.getByText('已签收').count()
  expect(await sign(await app.idOf('YJ1'))).toBe(200)
  await expect.poll(signed, FOLLOWED).toBe(1)

  const second = await app.idOf('YJ2')
  await centre.locator(`#row-${second} a`).click()
  const beside = centre.getByRole('complementary')
  await beside.getByRole('heading', { name: '经过' }).waitFor()
  expect(await sign(second)).toBe(200)
  await centre.getByText('有 1 件变动').waitFor(FOLLOWED)
  expect(await signed()).toBe(1)
  // The item itself is as it is now.
  await beside.getByRole('listitem').filter({ hasText: '签收' }).first().waitFor(FOLLOWED)
  expect(await accessibilityFaults(centre)).toEqual([])
  await centre.getByRole('button', { name: '刷新' }).click()
  await expect.poll(signed).toBe(2)
  await centre.getByText('有 1 件变动').waitFor({ state: 'detached' })
  for (const page of [centre, officer]) await page.context().close()
}, 180_000)

test('a condition that nobody knows is named and dropped, and the others stay', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=nonsense&level=orange')
  const alert = page.getByRole('alert')
  await alert.getByText('不认得条件“状态 nonsense”').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await alert.getByRole('button', { name: '清除条件' }).click()
  await alert.waitFor({ state: 'detached' })
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ level: 'orange' })
  await page.context().close()
})

test('the item beside the list has its address copied or opened, and an export says that it was saved', async () => {
  const page = await openPage(['clipboard-read', 'clipboard-write'])
  await app.signIn(page, /救助中心/, '/app/obligations?standing=all&kind=warning')
  const id = await app.idOf('YJ1')
  const arrives = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  expect(await textOf(await arrives)).toContain('YJ1')
  await page.getByText('已保存为“督办台账.csv”').waitFor()
  await page.locator(`#row-${id} a`).click()
  await page.getByRole('button', { name: '复制链接' }).click()
  await page.getByText('链接已复制').waitFor({ state: 'attached' })
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
    `${app.url}/app/obligations/${id}`,
  )
  await page.getByRole('link', { name: '整页打开' }).click()
  await page.waitForURL((url) => url.pathname === `/app/obligations/${id}`)
  await page.context().close()
})

test('none of these pages complained', () => {
  expect(complaints).toEqual([])
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** A county begins in the middle of its year: offices, people from a file, and the campaign with its past phases. */
const { app, browser } = appInBrowser({ campaign: false })
const complaints: string[] = []

async function openAs(role: RegExp, path: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await app.signIn(page, role, path)
  keepComplaints(page, complaints, /status of 4\d\d/)
  return page
}

test('an administrator adds a town below the bureau, names it anew, and removes it again', async () => {
  const page = await openAs(/系统管理员/, '/app/admin/offices')
  await page.locator('summary', { hasText: '新建单位' }).click()
  await page.getByLabel('上级单位').selectOption({ label: '紫阳县民政局' })
  await page.getByLabel('类别').selectOption({ label: '镇' })
  await page.getByLabel('名称', { exact: true }).fill('毛坝镇')
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await page.getByText('已有名为“毛坝镇”的单位').waitFor()
  await page.getByLabel('名称', { exact: true }).fill('新设镇')
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await page.getByText('已新建 新设镇').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.locator('summary', { hasText: '新建单位' }).click()
  await page.getByRole('button', { name: '修改 新设镇' }).click()
  await page.locator('td').getByLabel('名称').fill('改名镇')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '修改 改名镇' }).click()
  await page.getByRole('button', { name: '删除' }).click()
  await page.getByRole('button', { name: '确定删除' }).click()
  await page.getByRole('button', { name: '修改 改名镇' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '修改 毛坝镇' }).click()
  await page.getByRole('button', { name: '删除' }).click()
  await page.getByRole('button', { name: '确定删除' }).click()
  await page.getByText('不能删除').waitFor()
  await page.context().close()
})

test('people come from a file: its faults stand beside their rows, and the good ones are added', async () => {
  const page = await openAs(/系统管理员/, '/app/admin/people')
  await page.locator('summary', { hasText: '从文件新建账号' }).click()
  const lines = [
    '姓名,邮箱,单位,角色',
    '新人甲,jia@list.test,毛坝镇,镇经办人',
    '新人乙,yi@list.test,无此镇,镇经办人',
  ]
  await page.locator('main input[type=file]').setInputFiles({
    ...{ name: '人员.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) },
  })
  await page.getByText('读到 2 行:要新建 1 人').waitFor()
  await page.getByRole('row', { name: /3 单位 无此镇 本县没有这个单位/ }).waitFor()
  await page.getByRole('button', { name: '只新建没有问题的 1 人' }).click()
  await page.getByText('已新建 1 人').waitFor()
  await page.getByLabel('查找姓名、邮箱、单位').fill('jia@list')
  await page.getByText(/^找到 1 人/).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.context().close()
})

test('the relief centre starts the year in its middle, with its past phase taken over, tried out first', async () => {
  const page = await openAs(/救助中心/, '/app/')
  await page.getByText('今年的行动还没有启动').waitFor()
  await page.getByRole('link', { name: '启动 2022 年的行动' }).click()
  await page.getByRole('button', { name: '检查' }).waitFor()
  expect(await page.getByLabel('年份').inputValue()).toBe('2022')
  await page.getByRole('button', { name: '检查' }).click()
  const launch = page.getByLabel(/^“.*启动.*”已过期,怎样开始/)
  await launch.selectOption({ label: '接办,另定日期' })
  await page.getByLabel('新的到期日').fill('2022-06-30')
  await page.route(
    '**/v1/campaigns/preview',
    (route) => route.fulfill({ status: 422, json: { code: 'invalid', detail: '不行' } }),
    { times: 1 },
  )
  await page.getByRole('button', { name: '检查' }).click()
  await page.locator('main').getByRole('alert').first().waitFor()
  expect(await page.getByLabel('新的到期日').inputValue()).toBe('2022-06-30')
  await page.getByRole('button', { name: '检查' }).click()
  await page.getByText('接办,另定日期').last().waitFor()
  await page.getByText(/第一批邮件 .*人。|两周之内没有人/).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: '启动 2022 年行动' }).click()
  await page.getByRole('button', { name: '确定启动 2022 年行动' }).click()
  await page.getByText('已启动:').getByRole('link').click()
  await page.locator('ol li .head').first().waitFor()
  await page.getByText('6月30日').first().waitFor()
  await page.context().close()
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

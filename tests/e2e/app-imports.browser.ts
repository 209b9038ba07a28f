import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../src/api/app.ts'
import { listen, type Server } from '../../src/api/server.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { apiDeps } from '../support/api-deps.ts'
import { joinBrowser, textOf } from './join-browser.ts'
import { keepComplaints } from './app-stack.ts'
import { platformFile, platformRow } from '../support/platform-file.ts'
import { rolePools } from '../support/scoped.ts'
import { keys, log, type Stack, startStack } from '../support/stack.ts'

/** From a file with a column nobody foresaw to its undo, as somebody does it who has read nothing. */
let stack: Stack
let server: Server
let browser: Browser
let pools: ReturnType<typeof rolePools>
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  stack = await startStack({ start: instantAt('2022-12-20', '09:00') })
  pools = rolePools(stack.database)
  const { api: pool, gate } = pools
  const app = await buildApp({
    ...apiDeps(),
    pool,
    gate,
    keys,
    log,
    demoSignIn: true,
    web: resolve('dist/web'),
  })
  server = await listen(app, { host: '127.0.0.1', port: 0 })
  browser = await joinBrowser()
  page = await browser.newPage()
  await page.goto(`${server.url}/app/imports`)
  await page
    .getByRole('button', { name: /救助中心主任/ })
    .first()
    .click()
  await seen('把平台导出的文件拖到这一页的任意位置')
  // A stranger is answered 401, which the console tells.
  keepComplaints(page, complaints, /status of 412/)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await pools?.end()
  await stack?.stop()
})

/** Hundreds are registered or taken back while their clocks begin to run. */
const SLOW = 110_000
const main = () => page.locator('main')
const seen = (text: string | RegExp, timeout = 30_000) => main().getByText(text).first().waitFor({ timeout })
const choose = (name: string, text: string) =>
  page
    .locator('main input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const press = (name: string | RegExp) => main().getByRole('button', { name }).first().click()

test('a column nobody foresaw is asked about, with masked samples and the free columns beside what lacks', async () => {
  await seen('把平台导出的文件拖到这一页的任意位置')
  await seen('还没有导入过')
  await page.locator('main input[type=file]').setInputFiles({
    ...{ name: '2022年预警.csv', mimeType: 'text/csv' },
    buffer: await renamed('预警编号', '流转序列'),
  })
  await seen('请说明各列是什么')
  const text = await main().innerText()
  expect(text).not.toMatch(/619999\d{12}/)
  const guess = main().getByLabel('“流转序列”是什么')
  await guess.selectOption({ label: '不用' })
  await seen('这几项必须有')
  await press('就这样,继续检查')
  await seen('还缺预警编号')
  await main()
    .getByLabel(/^预警编号/)
    .selectOption('流转序列')
  await press('就这样,继续检查')
  await seen('检查完毕,还没有登记任何内容')
})

test('a column known by its content alone is asked about before anything can be registered', async () => {
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await page.locator('main input[type=file]').setInputFiles({
    ...{ name: '证件.csv', mimeType: 'text/csv' },
    buffer: await renamed('身份证号', '户主证件'),
  })
  await seen('登记前先请确认:1 列的名字没见过,是按内容认的')
  expect(await main().locator('.guessed li').innerText()).toMatch(/“户主证件”当作身份证号\s*619999\*+/)
  expect(
    await main()
      .getByRole('button', { name: /^登记 \d+ 件$/ })
      .count(),
  ).toBe(0)
  await press('不对,改列的对应')
  await main().getByLabel('“户主证件”是什么').waitFor()
  await page.reload()
  await press('都对,继续')
  await main()
    .getByRole('button', { name: /^登记 \d+ 件$/ })
    .waitFor()
  expect(await main().locator('.guessed').count()).toBe(0)
  // What differs: all that is new would be registered, so it is no difference.
  await main().getByText('和台账核对').click()
  await seen(/文件里新的 \d+ 条,台账还没有/)
  expect(await main().getByText('平台有这条预警,台账没有').count()).toBe(0)
  await press('也列出来')
  await seen(/已列出 50 处,共 \d+ 处/)
  await press('不登记,取消')
  await seen('已取消')
  // The first file goes on where it was left.
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await page.getByRole('link', { name: '2022年预警.csv' }).click()
  await seen('检查完毕,还没有登记任何内容')
})

test('errors stand grouped before their list, with the value found and a file to mend', async () => {
  await seen(/行有问题,不登记/)
  await seen('下载有问题的行')
  const groups = main().locator('.groups li')
  expect(await groups.count()).toBeGreaterThan(0)
  expect(await groups.first().innerText()).toMatch(/ \d+ 行$/)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    main().getByRole('link', { name: '下载有问题的行' }).click(),
  ])
  expect(await textOf(download)).toContain('问题')
})

test('it is registered, and an undo says beforehand what it takes back', async () => {
  expect(
    await main()
      .getByLabel(/看来是历史数据/)
      .isChecked(),
  ).toBe(true)
  await press(/^登记 \d+ 件$/)
  await seen('行有问题,没有登记', SLOW)
  // Each number leads to what it counts: of the file, and of a town.
  const counted = [main().locator('.counts a'), main().locator('section ul a').first()]
  for (const number of counted) {
    const count = await number.innerText()
    await number.click()
    await page.waitForURL((url) => url.searchParams.has('import'))
    await seen(new RegExp(`共 ${count} 件`))
    await main().getByRole('button', { name: '一次导入登记的 ×' }).waitFor()
    await page.goBack()
    await seen('撤回这次导入')
  }
  await press('撤回这次导入')
  await seen(/将撤回 \d+ 件还没有人动过的预警/)
  await press('确定撤回这次导入')
  await seen(/已撤回 \d+ 件。/, SLOW)
}, 240_000)

test('the same file is not asked about again, until what was said is forgotten', async () => {
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await page.locator('main input[type=file]').setInputFiles({
    ...{ name: '再来.csv', mimeType: 'text/csv' },
    buffer: await renamed('预警编号', '流转序列'),
  })
  await seen(/记住的列的对应/)
  await press('不登记,取消')
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await page.getByRole('link', { name: '记住的列和词' }).click()
  await seen('流转序列 → 预警编号')
  // What was agreed to is remembered like what was answered.
  await seen('户主证件 → 身份证号')
  for (const left of [1, 0]) {
    await press('忘记')
    await press('确定忘记')
    await expect.poll(() => main().getByRole('button', { name: '忘记' }).count()).toBe(left)
  }
  await seen('还没有。导入时遇到不认识的列或词')
})

test('unknown words are asked about with their rows; what came again changed is shown old beside new', async () => {
  const rows = [1, 2, 3].map((n) => platformRow(n, { level: '二类' }))
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await choose('词.csv', platformFile(rows))
  await main().getByRole('group', { name: '二类(3 行)' }).getByLabel(/橙色/).check()
  await press('就这样,继续检查')
  await press('登记 3 件')
  await seen('撤回这次导入')
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await choose('变.csv', platformFile(rows.map((row) => ({ ...row, level: '黄色' }))))
  await seen('3 行台账里已有,内容有变')
  const change = main().locator('.rows li').first()
  expect(await change.innerText()).toMatch(/橙色[\s\S]*黄色/)
  await change.getByRole('button', { name: '保留台账的' }).click()
  await change.getByText('– 保留台账的').waitFor()
})

test('what the platform withdrew is listed first, and cancelled once somebody confirmed it', async () => {
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await page.locator('main summary').click()
  await page.getByLabel(/平台已撤回的预警编号/).check()
  await choose('撤回.csv', '预警编号,撤回原因\nYJ2022000001,误报\n')
  await seen('◔ 登记时撤销')
  await press('撤销 1 件')
  await press('确定撤销 1 件')
  await seen('✓ 已撤销')
})

test('a typing error is mended in place: one import, one registration, the rows of the file', async () => {
  await page.getByRole('link', { name: '导入', exact: true }).click()
  const wrong = platformRow(804, { town: '无此镇' })
  await choose('错一格.csv', platformFile([platformRow(801), platformRow(802), platformRow(803), wrong]))
  await seen(/1 行有问题,不登记/)
  const address = page.url()
  await press('在这里改')
  // Whose row it is: by its number at the platform.
  await seen(/第 5 行 · YJ2022000804/)
  const town = main().getByLabel('乡镇', { exact: true })
  expect(await town.inputValue()).toBe('无此镇')
  await town.fill('毛坝镇')
  // Somebody else changes the import meanwhile: what was typed stays.
  await stack.pool.query(`update imports set version = version + 1 where filename = '错一格.csv'`)
  await press('检查改好的 1 行')
  await main().getByRole('alert').first().waitFor()
  expect(await town.inputValue()).toBe('毛坝镇')
  await press(/^仍要检查/)
  await seen('第 5 行照在这里改好的读')
  expect(await main().locator('.groups li').count()).toBe(0)
  expect(page.url()).toBe(address)
  await press('登记 4 件')
  await seen('撤回这次导入')
  expect(page.url()).toBe(address)
}, 120_000)

test('mended once the others are registered, the row goes as a file of its own, which says so', async () => {
  await page.getByRole('link', { name: '导入', exact: true }).click()
  const wrong = platformRow(814, { town: '无此镇' })
  await choose('又错一格.csv', platformFile([platformRow(811), platformRow(812), platformRow(813), wrong]))
  await press('在这里改')
  const town = main().getByLabel('乡镇', { exact: true })
  await town.fill('毛坝镇')
  // What was typed stays while the good rows are registered, and after it.
  await press(/^登记/)
  await seen('撤回这次导入')
  expect(await town.inputValue()).toBe('毛坝镇')
  await seen('改好的行另成一次导入')
  await press('检查改好的 1 行')
  await main().getByRole('heading', { name: '又错一格(改正).csv' }).waitFor()
  await seen('检查完毕,还没有登记任何内容')
  expect(await main().locator('.groups li').count()).toBe(0)
  // Both name each other: the first says how the other stands, and how many are still missing.
  await main().getByRole('link', { name: '又错一格.csv' }).click()
  await seen('有问题的行改好后另成一次导入:')
  await seen('1 行有问题,其中 0 行改好后已登记,还有 1 行没有登记。')
  await seen('检查完毕,未登记')
  await main().getByRole('link', { name: '又错一格(改正).csv' }).click()
  await press('登记 1 件')
  await seen('撤回这次导入')
  await main().getByRole('link', { name: '又错一格.csv' }).click()
  await seen('1 行有问题的都已改好,另行登记了。')
  expect(await main().locator('.groups li').count()).toBe(0)
  await page.getByRole('link', { name: '导入', exact: true }).click()
  const row = (text: RegExp) => main().locator('tbody tr').filter({ hasText: text }).waitFor()
  await row(/又错一格\.csv\s*有问题的行改好后另成一次导入:\s*又错一格\(改正\)\.csv\s*✓\s*已登记/)
  await row(/又错一格\(改正\)\.csv\s*改的是这次导入里有问题的行:\s*又错一格\.csv/)
}, 120_000)

test('a file dropped where nothing takes it does not lead out of the app', async () => {
  await page.goto(`${server.url}/app/obligations`)
  await main().getByRole('heading').first().waitFor()
  const prevented = await page.evaluate(`(() => {
    const data = new DataTransfer()
    data.items.add(new File(['预警'], '预警.csv'))
    return ['dragover', 'drop'].map((type) =>
      !document.querySelector('main').dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true })))
  })()`)
  expect(prevented).toEqual([true, true])
})

test('dropped on the page, a file that is none is told in words; a telephone shows all of it', async () => {
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await page.setViewportSize({ width: 320, height: 800 })
  await seen('把平台导出的文件拖到这一页的任意位置')
  await page.evaluate(`(() => {
    const data = new DataTransfer()
    data.items.add(new File(['不是表格'], '照片.csv'))
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  })()`)
  await seen('文件不能用')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
})

test('no page complained', () => {
  expect(complaints).toEqual([])
})

/** The sample file with one column called otherwise, in its own encoding. */
async function renamed(from: string, to: string): Promise<Buffer> {
  const bytes = await readFile('tests/data/warnings-2022.csv')
  const text = new TextDecoder('gb18030').decode(bytes)
  return Buffer.from(text.replace(from, to))
}

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { joinBrowser } from './join-browser.ts'
import { platformFile, platformRow } from '../support/platform-file.ts'
import { type AppStack, startAppStack } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'

/** What the relief centre does of the campaign in the app: the hits of a comparison, the plan of the next year, its end; and what its leader alone decides. */
let app: AppStack
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  app = await startAppStack()
  browser = await joinBrowser()
  page = await browser.newPage()
  await app.signIn(page, /救助中心主任/)
  page.on('pageerror', (error) => complaints.push(error.message))
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const main = () => page.locator('main')
const seen = (text: string | RegExp) => main().getByText(text).first().waitFor({ timeout: 30_000 })
const press = (name: string | RegExp) => main().getByRole('button', { name }).first().click()

test('the hits of a comparison come in on its own page, and each warning leads back to it', async () => {
  const asked = `select id from obligations where kind = 'comparison' order by id limit 1`
  const { id } = (await row<{ id: string }>(app.stack.pool, asked))!
  await page.goto(`${app.url}/app/obligations/${id}`)
  // What is dropped elsewhere on the page is evidence perhaps, and no file of hits.
  await main().locator('section.drop').waitFor()
  await page.evaluate(`(() => {
    const data = new DataTransfer()
    data.items.add(new File(['照片'], '证据.csv'))
    for (const type of ['dragover', 'drop'])
      document.querySelector('h1').dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  })()`)
  expect(await main().getByText('证据.csv').count()).toBe(0)
  expect(await main().locator('section.drop input[type=file]').count()).toBe(1)
  const file = platformFile([
    platformRow(1, { externalId: 'BD0001' }),
    platformRow(2, { externalId: 'BD0002' }),
  ])
  await page
    .locator('main input[type=file]')
    .setInputFiles({ name: '命中.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await seen('检查完毕,还没有登记任何内容')
  expect(new URL(page.url()).pathname).toBe(`/app/obligations/${id}`)
  await press(/^登记/)
  await seen('登记的预警 2 件')
  await seen('命中.csv(登记 2 件)')
  expect(await accessibilityFaults(page)).toEqual([])
  await main().getByText('登记的预警 2 件').click()
  await main().locator('details a').first().click()
  await seen('由一次数据比对命中')
  await main().getByRole('link', { name: '看那次比对' }).click()
  await page.waitForURL(`**/app/obligations/${id}`)
  expect(complaints).toEqual([])
})

test('a town brings the hits of its own comparison, of its own households; the centre those of the county', async () => {
  const town = await browser.newPage()
  await app.signInAsOfficer(town, 'maoba', '/app/')
  const own = { kind: 'comparison', office: 'sn.ak.zy.maoba', title: '与镇卫生院比对', dueOn: '2022-06-20' }
  const begun = await town.request.post(`${app.url}/v1/obligations`, {
    data: own,
    headers: { origin: app.url },
  })
  const { id } = (await begun.json()) as { id: string }
  await town.goto(`${app.url}/app/obligations/${id}`)
  const file = platformFile([
    platformRow(11, { externalId: 'ZB0001' }),
    platformRow(12, { externalId: 'ZB0002', town: '洞河镇', village: '洞河村' }),
  ])
  await town
    .locator('main input[type=file]')
    .first()
    .setInputFiles({ name: '镇里命中.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  const told = (text: string | RegExp) =>
    town.locator('main').getByText(text).first().waitFor({ timeout: 30_000 })
  await told('检查完毕,还没有登记任何内容')
  await told(/命中名单只登记本镇的户/)
  await town.locator('main').getByRole('button', { name: /^登记/ }).first().click()
  await told('登记的预警 1 件')
  expect(await accessibilityFaults(town)).toEqual([])
  const centre = await browser.newPage()
  await app.signIn(centre, /核对中心主任/, '/app/comparisons')
  await centre.locator('main').getByRole('link', { name: '导入命中名单' }).first().click()
  await centre.locator('main section.drop').waitFor()
  // What a town performs, the centre sees and does not bring.
  await centre.goto(`${app.url}/app/obligations/${id}`)
  await centre.locator('main').getByText('镇里命中.csv(登记 1 件)').first().waitFor()
  expect(await centre.locator('main section.drop').count()).toBe(0)
  await Promise.all([town.close(), centre.close()])
})

test('the plan of another year is tried out by its calendar, and one of one’s own is checked by line and field', async () => {
  await page.goto(`${app.url}/app/year-plan`)
  await main().getByLabel('年份').fill('2026')
  await press('检查')
  await seen('逢休息日而挪动的日期 1 处:')
  await main().getByLabel('模板', { exact: true }).selectOption({ label: '自己写' })
  const text = main().getByLabel('模板全文')
  await expect.poll(() => text.inputValue()).toContain('code: safety-net-2022')
  await text.fill((await text.inputValue()).replace('due: 05-31', 'due: 05-21'))
  // A file does not take the place of what was typed unasked.
  const plan = { name: '计划.yaml', mimeType: 'text/yaml', buffer: Buffer.from('code: other') }
  await main().getByLabel('选一个模板文件').setInputFiles(plan)
  await seen('您改过的文字会被“计划.yaml”替换。')
  expect(await text.inputValue()).toContain('due: 05-21')
  await press('不了')
  await press('检查')
  await seen(/第 \d+ 行 phases\[0\]\.due:到期日 05-21 早于开始日 05-27/)
  expect(await accessibilityFaults(page)).toEqual([])
  // What was found for one choice is not shown under another.
  await main().getByLabel('年份').fill('2027')
  await expect
    .poll(() =>
      main()
        .getByText(/早于开始日 05-27/)
        .count(),
    )
    .toBe(0)
  expect(complaints).toEqual([])
})

test('whoever is no leader ends the campaign only with nothing left in it, and reads who may', async () => {
  await page.goto(`${app.url}/app/`)
  await main().getByText('结束行动', { exact: true }).click()
  await seen('还有没办结的,只有分管局领导可以放行一个阶段,或写明理由结束行动。')
  const choice = main().getByLabel('放行什么')
  expect(await choice.locator('option').allTextContents()).toEqual(['请选择', '结束全年行动'])
  await choice.selectOption({ label: '结束全年行动' })
  expect(await main().getByLabel(/^理由/).count()).toBe(0)
  await press('结束行动')
  await press('确定结束行动')
  // What is left is named with whom it lies.
  await seen(/件没有办结.*行动不能结束/)
  await seen(/到期,在.+手里,(已告知|还没有告知)/)
  expect(await accessibilityFaults(page)).toEqual([])
})

test('a leader who lets a phase close over what is left sees each of it, and says why', async () => {
  const theirs = await browser.newPage()
  await app.signIn(theirs, /分管局领导/)
  theirs.on('pageerror', (error) => complaints.push(error.message))
  await theirs.goto(`${app.url}/app/`)
  const leading = theirs.locator('main')
  const shown = (text: string | RegExp) => leading.getByText(text).first().waitFor({ timeout: 30_000 })
  await leading.getByText('放行一个阶段,或结束行动').click()
  await leading.getByLabel('放行什么').selectOption({ label: '放行“启动部署”' })
  await shown(/还有 \d+ 件没有办结:/)
  await leading.getByLabel('理由', { exact: true }).fill('其余镇延后一周')
  await leading.getByRole('button', { name: '放行', exact: true }).click()
  await leading.getByRole('button', { name: '确定放行' }).click()
  await shown('已决定。')
  await shown(/其余镇延后一周/)
  expect(complaints).toEqual([])
})

import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { appInBrowser, keepComplaints } from './app-stack.ts'
import { accessibilityFaults } from './axe.ts'
import { textOf } from './join-browser.ts'

const { app, browser } = appInBrowser()
const complaints: string[] = []

async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  keepComplaints(page, complaints, /status of (401|409)/)
  return page
}
const states = async () => {
  const asked = `select external_id as id, acknowledged_at is not null as done from obligations where external_id is not null order by 1`
  return (await app.stack.pool.query<{ id: string; done: boolean }>(asked)).rows
}
const acknowledged = async () => (await states()).filter(({ done }) => done).map(({ id }) => id)

test('a view is kept under a name, shared, chosen again and dropped', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=overdue&level=orange')
  const open = page.url()
  await page.getByText('保存视图').click()
  // Opened, it is written at once.
  await page.getByLabel('名称').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('橙色逾期')
  await page.getByLabel('给谁看').selectOption({ index: 1 })
  await page.getByRole('button', { name: '保存', exact: true }).click()
  const kept = page.getByRole('navigation', { name: '保存的视图' }).getByRole('link', { name: /橙色逾期/ })
  await kept.waitFor()
  // Said once the form is gone, to whoever does not see the link.
  await page
    .locator('.views')
    .getByRole('status')
    .filter({ hasText: '橙色逾期' })
    .waitFor({ state: 'attached' })
  await page.goto(`${app.url}/app/obligations?standing=all`)
  await kept.click()
  await page.waitForURL((url) => url.searchParams.get('level') === 'orange')
  expect(new URL(page.url()).searchParams.get('standing')).toBe(new URL(open).searchParams.get('standing'))
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: '去掉“橙色逾期”' }).click()
  await page.getByRole('button', { name: /^确定/ }).click()
  await kept.waitFor({ state: 'detached' })
  await page.context().close()
})

test('what is new to an officer is marked until it was opened, and a column is chosen and stays', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/obligations')
  const row = page.getByRole('row', { name: /因病预警核查/ }).first()
  await row.getByText('● 新').waitFor()
  await row.getByRole('link').click()
  await page
    .getByRole('complementary')
    .getByRole('heading', { name: /因病预警核查/ })
    .waitFor()
  await row.getByText('● 新').waitFor({ state: 'detached' })
  // Beside an open item the list has room for few columns.
  await page.goto(new URL('/app/obligations', page.url()).href)
  await page.locator('summary', { hasText: '显示的列' }).click()
  await page.getByLabel('因素').last().check()
  await page.getByRole('columnheader', { name: '因素' }).waitFor()
  await page.reload()
  await page.getByRole('columnheader', { name: '因素' }).waitFor()
  await page.context().close()
})

test('many are signed for after some seconds in which it can be taken back, also when the list is empty by then', async () => {
  const page = await openPage()
  await app.signInAsOfficer(page, 'maoba', '/app/obligations?kind=warning')
  await page.getByLabel('选中这一页的全部').check()
  const sign = page.getByRole('button', { name: '签收 2 件' })
  await sign.click()
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByText('已撤回').waitFor()
  // What was pressed is gone: the keyboard is still at the bar.
  await page.locator('.bulk:focus').waitFor()
  expect(await acknowledged()).toEqual([])
  await sign.click()
  await page.locator('#list-filters').getByLabel('状态').selectOption('done')
  await page.getByText('没有符合这些条件的事项。').waitFor()
  await page.getByText('已签收 2 件。').waitFor()
  expect(await acknowledged()).toEqual(['YJ1', 'YJ2'])
  await page.locator('#list-filters').getByLabel('状态').selectOption('held')
  await page
    .getByRole('row', { name: /因病预警核查/ })
    .first()
    .waitFor()
  // Whoever signed has seen them, and their own act is no change.
  await page
    .getByText(/● (新|有变动)/)
    .first()
    .waitFor({ state: 'detached' })
  await page.context().close()
})

test('a file has exactly the rows of the list', async () => {
  const page = await openPage({ acceptDownloads: true })
  await app.signInAsOfficer(page, 'maoba', '/app/obligations?kind=warning')
  const arrives = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  const text = await textOf(await arrives)
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('姓名(已遮盖)')
  for (const line of lines.slice(1)) expect(line).toMatch(/^YJ[12],毛坝镇,因病预警核查,/)
  await page.context().close()
})

test('group, source and due days are asked for by fields, stand in the address, and are dropped as chips', async () => {
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 390, height: 800 },
  ]) {
    const page = await openPage({ viewport })
    await app.signIn(page, /救助中心/, '/app/obligations?standing=all&kind=warning')
    const filter = page.getByRole('button', { name: '筛选', exact: true })
    if (viewport.width < 640) await filter.click()
    await page.getByRole('button', { name: '更多条件' }).press('Enter')
    expect(await page.getByLabel('人群', { exact: true }).evaluate((field) => field.matches(':focus'))).toBe(
      true,
    )
    await page.getByLabel('来源', { exact: true }).selectOption({ label: '没有写明来源' })
    await page.getByLabel('到期不早于').fill('2022-06-01')
    await page.getByLabel('到期不早于').press('Tab')
    await expect
      .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
      .toEqual({
        ...{ standing: 'all', kind: 'warning', source: 'none', dueFrom: '2022-06-01' },
      })
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    await page.getByRole('button', { name: /^到期不早于 2022-06-01/ }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('dueFrom')).toBe(null)
    await page.context().close()
  }
})

test('a household’s number is looked up apart, and stands in no address', async () => {
  const page = await openPage()
  await app.signIn(page, /救助中心/, '/app/obligations?standing=all')
  await page.getByRole('searchbox').fill('619999 19800101 0018')
  await page.getByRole('searchbox').press('Enter')
  const found = page.getByRole('region', { name: '按号码查找的结果' })
  await found.getByText('没有这个号码的').waitFor()
  expect(page.url()).not.toContain('619999')
  expect(await accessibilityFaults(page)).toEqual([])
  await found.getByRole('button', { name: /按编号查找/ }).click()
  await page.waitForURL((url) => url.searchParams.get('q') === '619999198001010018')
  await page.context().close()
})

test('an administrator is led through what a county still needs', async () => {
  const page = await openPage()
  await app.signIn(page, /系统管理员/, '/app/admin/beginning')
  await page
    .getByText(/还有 \d+ 步没有做完/)
    .first()
    .waitFor()
  expect(await page.innerText('main')).toContain('示例规则不是国家规定')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.context().close()
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

test('a roster comes from a file, is read on a telephone and in the dark, and a sample is drawn from it', async () => {
  const HEAD = '乡镇,村(社区),户主姓名,身份证号,重点人群类别,保障情况'
  const lines = [1, 2, 3, 4, 5].map(
    (n) => `毛坝镇,双河村,名册户${n},,边缘易致贫户,${n === 5 ? '低保' : '未纳入保障'}`,
  )
  const page = await openPage({ viewport: { width: 1280, height: 900 } })
  await app.signIn(page, /救助中心/, '/app/roster')
  await page.locator('summary', { hasText: '从文件登记名册' }).click()
  const buffer = Buffer.from([HEAD, ...lines].join('\n'))
  await page.locator('input[type=file]').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '登记 5 户' }).click()
  await page.getByText('已登记。').waitFor()
  await page.getByRole('row', { name: /毛坝镇 5 1/ }).waitFor()
  await page.goto(`${app.url}/app/roster?reach=covered`)
  await page.getByText('列出 1 户').waitFor()
  await lookAt(page, 'roster')
  await page.goto(`${app.url}/app/samples`)
  await page.locator('summary', { hasText: '抽取一次' }).click()
  await page.getByLabel('核查期限').fill('2022-11-30')
  await page.getByLabel('种子(可不写)').fill('七')
  await page.getByRole('button', { name: '抽取', exact: true }).click()
  await page.getByRole('row', { name: /毛坝镇 4 1 – – 1/ }).waitFor()
  await page.getByText('还差 1 户没有核查。').waitFor()
  await lookAt(page, 'samples')
  await page.context().close()
})

test('a merged town’s work is tried out before it goes, and the calendar is read and printed', async () => {
  const page = await openPage({ viewport: { width: 1280, height: 900 } })
  await app.signIn(page, /救助中心/, '/app/hand-overs')
  await page.locator('summary', { hasText: '一个单位的工作整体移交' }).click()
  await page.getByLabel('移出单位', { exact: true }).selectOption({ label: '毛坝镇' })
  await page.getByLabel('移给', { exact: true }).selectOption({ label: '城关镇' })
  await page.getByRole('button', { name: '试算' }).click()
  await page.getByText(/^毛坝镇 → 城关镇:未办结 \d+ 件/).waitFor()
  await lookAt(page, 'hand-on')
  await page.goto(`${app.url}/app/admin/calendar`)
  await page.getByRole('table').nth(11).waitFor()
  await lookAt(page, 'calendar')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('button:visible, select:visible, input:visible').count()).toBe(0)
  await page.context().close()
})

/** In both widths and colours: no part is cut off sideways, and axe finds nothing. Pictures are kept where a folder is named. */
async function lookAt(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES_FOLDER']
  for (const width of [320, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      expect(await accessibilityFaults(page)).toEqual([])
      const wider = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'))
      expect(wider, `${name} ${width} ${colorScheme}`).toBeLessThanOrEqual(0)
      if (folder)
        await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true })
    }
}

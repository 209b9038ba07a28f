import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { accessibilityFaults } from './axe.ts'
import { again, both, boxOf, takeTheirs, twoPeople } from './two-people.ts'

/** The town's officer and the centre write at one household of the roster: neither overwrites the other unseen. */
const { app, complaints, two } = twoPeople()

const formOf = (page: Page) => page.locator('form.form')
const headers = () => ({ origin: app.url })
const stands = (id: string) =>
  row<{ cover: string; group: string; removed: boolean }>(
    app.stack.pool,
    'select cover, key_group as "group", removed_at is not null as removed from roster_households where id = $1',
    [id],
  )

/** A household of its own, open in the officer's form; the centre acts by its own session. */
async function openHousehold(name: string): Promise<{ officer: Page; centre: Page; id: string }> {
  const [officer, centre] = await two()
  await app.signInAsOfficer(officer, 'maoba', '/app/roster')
  await app.signIn(centre, /救助中心/, '/app/')
  const { code } = (await row<{ code: string }>(
    app.stack.pool,
    `select code from offices where code like '%maoba'`,
  ))!
  const data = { office: code, group: 'near-poor', cover: 'none', person: { name, village: '双河村' } }
  const made = await officer.request.post(`${app.url}/v1/roster`, { data, headers: headers() })
  expect(made.status()).toBe(201)
  const { id, subject } = (await made.json()) as { id: string; subject: { name: string } }
  await officer.reload({ waitUntil: 'networkidle' })
  await officer.getByRole('row', { name: subject.name }).getByRole('button', { name: /^修改/ }).click()
  return { officer, centre, id }
}

const changes = async (centre: Page, id: string, data: object) =>
  expect(
    (await centre.request.put(`${app.url}/v1/roster/${id}`, { data, headers: headers() })).status(),
  ).toBe(200)
const save = (page: Page) => formOf(page).getByRole('button', { name: '保存' }).click()

test('a household that the centre changed meanwhile: both side by side, and mine is saved upon theirs', async () => {
  const { officer, centre, id } = await openHousehold('钱大山')
  await changes(centre, id, { cover: 'dibao', coveredSince: '2022-06-01' })
  await formOf(officer).getByLabel('类别').selectOption({ label: '脱贫不稳定人口' })
  await formOf(officer).getByLabel('姓名').fill('钱二山')
  await save(officer)
  await boxOf(officer)
    .getByRole('listitem')
    .filter({ hasText: /救助中心.*改过/ })
    .waitFor()
  // What I left as it was takes what stands there now.
  await expect.poll(() => both(officer, '保障情况')).toEqual(['低保', '低保'])
  expect(await both(officer, '从哪天起纳入(不知道的不填)')).toEqual(['2022年6月1日', '2022年6月1日'])
  expect(await both(officer, '类别')).toEqual(['脱贫不稳定人口', '边缘易致贫人口'])
  expect(await both(officer, '姓名')).toEqual(['钱二山', '钱*山'])
  expect(await accessibilityFaults(officer)).toEqual([])
  await again(officer).click()
  await officer.getByText('已保存。').waitFor()
  expect(await stands(id)).toEqual({ cover: 'dibao', group: 'unstable-exit', removed: false })
})

test('theirs is taken: nothing of mine is saved', async () => {
  const { officer, centre, id } = await openHousehold('孙小河')
  await changes(centre, id, { cover: 'tekun' })
  await formOf(officer).getByLabel('保障情况').selectOption({ label: '低保' })
  await save(officer)
  await expect.poll(() => both(officer, '保障情况')).toEqual(['低保', '特困'])
  await takeTheirs(officer)
  expect(await stands(id)).toEqual({ cover: 'tekun', group: 'near-poor', removed: false })
})

test('what changed meanwhile is not taken off unseen, and what changes once more is told once more', async () => {
  const { officer, centre, id } = await openHousehold('李青石')
  const takeOff = async () => {
    await formOf(officer).getByRole('button', { name: '从名册上去掉' }).click()
    await formOf(officer)
      .getByRole('button', { name: /^确定从名册/ })
      .click()
  }
  await changes(centre, id, { cover: 'tekun' })
  await takeOff()
  await expect.poll(() => both(officer, '保障情况')).toEqual(['–', '特困'])
  await changes(centre, id, { cover: 'dibao' })
  await again(officer).click()
  await expect.poll(() => both(officer, '保障情况')).toEqual(['–', '低保'])
  expect((await stands(id))?.removed).toBe(false)
  await expect.poll(() => again(officer).isEnabled()).toBe(true)
  await again(officer).click()
  await officer.getByText('已从名册上去掉。').waitFor()
  expect((await stands(id))?.removed).toBe(true)
})

test('what cannot be read of theirs is told, not shown as empty, and is asked for again', async () => {
  const { officer, centre, id } = await openHousehold('吴小桥')
  await changes(centre, id, { cover: 'tekun' })
  await officer
    .context()
    .route(`**/v1/roster/${id}`, (route) =>
      route.request().method() === 'GET'
        ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{}' })
        : route.continue(),
    )
  await formOf(officer).getByLabel('保障情况').selectOption({ label: '低保' })
  await save(officer)
  const retry = formOf(officer).getByRole('button', { name: '再试一次' })
  await retry.waitFor()
  expect(await boxOf(officer).locator('tr').count()).toBe(0)
  await officer.context().unroute(`**/v1/roster/${id}`)
  await retry.click()
  await expect.poll(() => both(officer, '保障情况')).toEqual(['低保', '特困'])
  await retry.waitFor({ state: 'detached' })
  await takeTheirs(officer)
})

test('a household that the centre took off meanwhile is told as gone, and mine cannot be saved', async () => {
  const { officer, centre, id } = await openHousehold('周小石')
  await formOf(officer).getByLabel('保障情况').selectOption({ label: '低保' })
  const taken = await centre.request.delete(`${app.url}/v1/roster/${id}`, { headers: headers() })
  expect(taken.ok()).toBe(true)
  await save(officer)
  await boxOf(officer).getByText('已被别人删除').waitFor()
  expect(await again(officer).isDisabled()).toBe(true)
  await takeTheirs(officer)
  expect((await stands(id))?.removed).toBe(true)
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

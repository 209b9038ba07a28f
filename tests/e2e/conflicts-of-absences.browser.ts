import { expect, test } from 'vitest'
import { row } from '../../src/db/pool.ts'
import { accessibilityFaults } from './axe.ts'
import { again, both, boxOf, takeTheirs, twoPeople } from './two-people.ts'

/** Who is away is entered by the person and by an administrator: neither overwrites the other unseen. */
const { app, complaints, two } = twoPeople()

test('an absence that the administrator entered meanwhile: both, and mine is entered upon theirs', async () => {
  const pages = await two()
  const [officer, admin] = pages
  await app.signInAsOfficer(officer, 'donghe', '/app/account')
  await app.signIn(admin, /系统管理员/, '/app/')
  await officer.getByLabel('最后一天').waitFor()
  const { id } = (await row<{ id: string }>(
    app.stack.pool,
    `select id from people where email like 'officer@donghe%'`,
  ))!
  const theirs = { from: '2022-06-14', until: '2022-06-15' }
  const how = { data: theirs, headers: { origin: app.url } }
  expect((await admin.request.put(`${app.url}/v1/people/${id}/absence`, how)).status()).toBe(200)
  await officer.getByLabel('最后一天').fill('2022-06-20')
  await officer.getByRole('button', { name: '登记离岗', exact: true }).click()
  await boxOf(officer)
    .getByRole('listitem')
    .filter({ hasText: /管理员.*改过/ })
    .waitFor()
  await expect
    .poll(() => both(officer, '最后一天(不填则到返岗为止)'))
    .toEqual(['6月20日 周一', '6月15日 周三'])
  // What I left as it was takes what stands there now.
  await expect.poll(() => both(officer, '第一天')).toEqual(['6月14日 周二', '6月14日 周二'])
  expect(await accessibilityFaults(officer)).toEqual([])
  await again(officer).click()
  await officer.getByText('已登记。').waitFor()
  await officer.getByText(/2022-06-14 起离岗,到 2022-06-20 为止/).waitFor()
  expect(
    (await admin.request.delete(`${app.url}/v1/people/${id}/absence`, { headers: how.headers })).status(),
  ).toBe(204)
  await officer.getByRole('button', { name: '返岗,撤销登记' }).click()
  await officer.getByRole('button', { name: '确定返岗,撤销登记' }).click()
  await boxOf(officer).getByText('没有登记离岗。').first().waitFor()
  expect(await again(officer).isDisabled()).toBe(true)
  await takeTheirs(officer)
})

test('whatever else of a person changed while an absence was under way is a conflict that can be answered', async () => {
  const [officer, spare] = await two()
  await spare.context().close()
  await app.signInAsOfficer(officer, 'gaoqiao', '/app/account')
  await officer.getByLabel('最后一天').waitFor()
  await app.stack.pool.query(`update people set version = version + 1 where email like 'officer@gaoqiao%'`)
  await officer.getByLabel('最后一天').fill('2022-06-20')
  await officer.getByRole('button', { name: '登记离岗', exact: true }).click()
  await boxOf(officer).waitFor()
  await expect.poll(() => again(officer).isEnabled()).toBe(true)
  await again(officer).click()
  await officer.getByText('已登记。').waitFor()
})

test('an absence of a colleague that they entered themselves meanwhile is not overwritten unseen', async () => {
  const pages = await two()
  const [admin, officer] = pages
  await app.signIn(admin, /系统管理员/, '/app/')
  await admin.goto(`${app.url}/app/admin/absences`, { waitUntil: 'networkidle' })
  await app.signInAsOfficer(officer, 'hanwang', '/app/account')
  const { name } = (await row<{ name: string }>(
    app.stack.pool,
    `select name from people where email like 'officer@hanwang%'`,
  ))!
  await admin.getByLabel('姓名或单位').fill('汉王')
  const line = admin.getByRole('listitem').filter({ hasText: name }).first()
  await line.getByRole('button', { name: /^登记离岗/ }).click()
  await line.getByLabel(/^最后一天/).fill('2022-06-20')
  const how = {
    data: { from: '2022-06-14', until: '2022-06-15' },
    headers: { origin: app.url },
  }
  expect((await officer.request.put(`${app.url}/v1/me/absence`, how)).status()).toBe(200)
  // The list is read anew behind the form.
  const read = admin.waitForResponse((answer) => answer.url().endsWith('/v1/people'))
  await admin.clock.setFixedTime(Date.now() + 16_000)
  await admin.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`)
  await read
  await line.getByText(/2022-06-14 起离岗/).waitFor()
  await line.getByRole('button', { name: '登记离岗', exact: true }).click()
  await boxOf(admin).waitFor()
  await expect.poll(() => both(admin, '最后一天(不填则到返岗为止)')).toEqual(['6月20日 周一', '6月15日 周三'])
  expect(await accessibilityFaults(admin)).toEqual([])
  await again(admin).click()
  await line.getByText('已登记。').waitFor()
  await line.getByText(/2022-06-14 起离岗,到 2022-06-20 为止/).waitFor()
})

test('no page wrote to the console', () => {
  expect(complaints).toEqual([])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeKeyring, encryptPerson } from '../../../src/services/vault/encryption.ts'
import { addTestKey, personWith } from '../../support/scoped.ts'
import { buildTestApp, COUNTY, foundWarning, type Item, type Page, type TestApp, TOWN } from '../build.ts'
import { rewriteHolders } from '../../support/holders.ts'

// What hardly ever changes is remembered between requests; when it does change, the next answer knows.
let api: TestApp
let item: Item
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  item = await foundWarning(api, { externalId: 'YJ001', level: 'orange', office: TOWN })
})
afterAll(() => api.close())

const shown = async () => (await api.get<Page<Item>>('/v1/obligations')).body.items[0]

test('a renamed office has its new name in the next answer', async () => {
  expect((await shown())?.office).toEqual({ code: TOWN, name: '毛坝镇' })
  await api.pool.query('update offices set name = $2 where code = $1', [TOWN, '新毛坝镇'])
  expect((await shown())?.office).toEqual({ code: TOWN, name: '新毛坝镇' })
})

test('a new day off counts in the next answer', async () => {
  const before = (await shown())?.remainingWorkingDays as number
  await api.pool.query(`insert into calendar_overrides values ('2022-06-08', false, '停工', '县里的通知')`)
  expect((await shown())?.remainingWorkingDays).toBe(before - 1)
})

test('a reader who may not see households sees none, even after others were shown them', async () => {
  const bare = { token: 'a-key-without-households' }
  await addTestKey(api.pool, bare.token, { personal: false })
  expect((await shown())?.subject).not.toBeNull()
  expect((await api.get<Page<Item>>('/v1/obligations', bare)).body.items[0]?.subject).toBeNull()
  expect((await shown())?.subject).not.toBeNull()
})

test('a re-encrypted household is shown as it is now, an erased one not at all', async () => {
  const keys = makeKeyring(Buffer.alloc(32, 7))
  const person = { name: '欧阳测试', idNo: '', phone: '', village: '', detail: '' }
  expect((await shown())?.subject).not.toBeNull()
  await api.pool.query('update subjects set encrypted = $2, key_id = $3 where obligation = $1', [
    item.id,
    encryptPerson(keys, item.id, person),
    keys.keyId,
  ])
  expect((await shown())?.subject).toMatchObject({ name: '欧**试' })
  await api.pool.query('delete from subjects where obligation = $1', [item.id])
  expect((await shown())?.subject).toBeNull()
})

test('another day has other counts of days, and lateness begins at midnight', async () => {
  const standing = async () => {
    const of = await shown()
    return [of?.remainingWorkingDays, of?.overdue, of?.overdueWorkingDays, of?.everLate]
  }
  // Orange, five working days from Monday the 6th: Monday the 13th.
  await api.goTo('2022-06-13', '23:59')
  expect(await standing()).toEqual([0, false, 0, false])
  await api.goTo('2022-06-14', '00:00')
  expect(await standing()).toEqual([0, true, 1, true])
  await api.goTo('2022-06-06')
})

test('stage, holder and state are the present ones', async () => {
  const moveTo = async (office: string) => {
    await api.pool.query('update assignments set office = $2 where obligation = $1', [item.id, office])
    await rewriteHolders(api.pool)
  }
  await moveTo(COUNTY)
  expect((await shown())?.holder).toMatchObject({ office: { code: COUNTY } })
  await moveTo(TOWN)
  await api.pool.query(`update obligations set state = 'submitted' where id = $1`, [item.id])
  expect((await shown())?.state).toBe('submitted')
})

test('a role that was taken shows nothing any more, and a granted one shows at once', async () => {
  const person = await personWith(api.pool, 'town-officer', TOWN)
  const session = await api.sessionOf(person)
  const seen = async () => (await api.get<Page<Item>>('/v1/obligations', session)).body.items?.length ?? 0
  expect(await seen()).toBe(1)
  const { rows } = await api.pool.query('delete from person_roles where person = $1 returning *', [person])
  expect(await seen()).toBe(0)
  await api.pool.query(
    'insert into person_roles select * from jsonb_populate_recordset(null::person_roles, $1)',
    [JSON.stringify(rows)],
  )
  expect(await seen()).toBe(1)
})

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import { personWith } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'
import { keptLetters } from './kept-letters.ts'

type Answer = Json & {
  good: number
  bad: number
  people: number
  known: number
  registered: number | null
  linksNotSent: number | null
  faults: { row: number; column: string; message: string }[]
}
type User = { email: string; name: string; hasPassword: boolean; roles: { office: string; role: string }[] }

const { kept, deps } = keptLetters()
const { mails } = kept
let api: TestApp
let admin: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' }, deps)
  admin = await api.sessionOf(await personWith(api.pool, 'administrator', COUNTY))
})
afterAll(() => api.close())
beforeEach(() => {
  mails.length = 0
  kept.taken = true
})

const HEAD = '姓名,邮箱,单位,角色,开始,结束'
const upload = <T = Answer>(lines: string[], question = '', as = admin) =>
  api.upload<T>(
    `/v1/users/import?${question}`,
    [{ field: 'file', filename: '人员.csv', content: [HEAD, ...lines].join('\n') }],
    as,
  )
const usersWith = async (domain: string) =>
  (await api.get<Page<User>>('/v1/users', admin)).body.items.filter(({ email }) => email.endsWith(domain))

const GOOD = [
  '新人一,one@list.test,毛坝镇,镇经办人,,',
  '新人一,One@list.test,毛坝,镇分管领导,2022-06-07,2022年12月31日',
  `新人二,two@list.test,${TOWN},town-officer,,`,
]

it('is only checked at first: nothing is made, and nobody gets mail', async () => {
  const { status, body } = await upload(GOOD)
  expect(status).toBe(200)
  expect(body).toMatchObject({ good: 3, bad: 0, people: 2, known: 0, registered: null, linksNotSent: null })
  expect([mails.length, (await usersWith('@list.test')).length]).toEqual([0, 0])
})

it('makes each person once with all their roles, mails each a link, and makes nobody twice', async () => {
  const { body } = await upload(GOOD, 'dryRun=false')
  expect(body).toMatchObject({ registered: 2, linksNotSent: 0 })
  const made = await usersWith('@list.test')
  expect(
    made.map(({ name, hasPassword, roles }) => [name, hasPassword, roles.map(({ role }) => role)]),
  ).toEqual([
    ['新人一', false, ['town-head', 'town-officer']],
    ['新人二', false, ['town-officer']],
  ])
  expect(made[0]?.roles[0]).toMatchObject({ office: TOWN, from: '2022-06-07', until: '2022-12-31' })
  expect(mails).toHaveLength(2)
  expect(JSON.stringify(body)).not.toContain('token')
  const trail = await rows<{ detail: { people: string[] } }>(
    api.pool,
    `select detail from audit_events where action = 'user.import' and detail->>'dryRun' = 'false'`,
  )
  expect(trail[0]?.detail.people).toHaveLength(2)
  const again = async () => (await upload(GOOD, 'dryRun=false')).body
  expect(await again()).toMatchObject({ known: 3, people: 0, registered: 0 })
  // Just so, and not somehow: another term and a disabled account are told where they are mended.
  const other = await upload(['新人一,one@list.test,毛坝镇,镇分管领导,2022-06-07,2023-12-31'])
  expect(other.body).toMatchObject({ known: 0, faults: [{ row: 2, column: '邮箱' }] })
  await api.pool.query(`update people set active = false where email = 'two@list.test'`)
  expect(await again()).toMatchObject({ known: 2, registered: null, faults: [{ row: 4, column: '邮箱' }] })
  expect(mails).toHaveLength(2)
})

it.each([
  ['姓名', ',a@bad.test,毛坝镇,镇经办人,,'],
  ['邮箱', '某某,a b@bad.test,毛坝镇,镇经办人,,'],
  ['单位', '某某,a@bad.test,无此镇,镇经办人,,'],
  ['单位', '某某,a@bad.test,安康市民政局,审计员,,'],
  ['角色', '某某,a@bad.test,毛坝镇,书记,,'],
  ['角色', '某某,a@bad.test,毛坝镇,系统管理员,,'],
  ['开始', '某某,a@bad.test,毛坝镇,镇经办人,明天,'],
  ['结束', '某某,a@bad.test,毛坝镇,镇经办人,2022-06-07,2022-06-06'],
  ['邮箱', '新人二,two@list.test,毛坝镇,镇分管领导,,'],
])('a row that is wrong at %s is told so: %s', async (column, line) => {
  const { body } = await upload([line], 'dryRun=false')
  expect(body).toMatchObject({ good: 0, registered: null, faults: [{ row: 2, column }] })
})

it('one address is one person: a second name for it is refused where it stands', async () => {
  const lines = ['甲某,x@bad.test,毛坝镇,镇经办人,,', '乙某,x@bad.test,毛坝镇,镇分管领导,,']
  expect((await upload(lines)).body.faults).toMatchObject([{ row: 3, column: '姓名' }])
})

it('one role is held for one time: a second term of it is refused where it stands, and the same row twice is not', async () => {
  const lines = [
    '甲某,y@bad.test,毛坝镇,镇经办人,2022-06-07,',
    '甲某,y@bad.test,毛坝镇,镇经办人,2022-06-07,',
    '甲某,y@bad.test,毛坝镇,镇经办人,2022-07-01,',
  ]
  expect((await upload(lines)).body.faults).toMatchObject([{ row: 4, column: '开始' }])
})

it('registers the good rows alone where that is asked for, and tells which links were not taken', async () => {
  kept.taken = false
  const lines = ['某某,good@more.test,毛坝镇,镇经办人,,', '某某,bad@more.test,无此镇,镇经办人,,']
  expect((await upload(lines, 'dryRun=false')).body.registered).toBeNull()
  expect((await upload(lines, 'dryRun=false&keepGood=true')).body).toMatchObject({
    ...{ registered: 1, linksNotSent: 1, bad: 1 },
  })
  expect((await usersWith('@more.test')).map(({ email }) => email)).toEqual(['good@more.test'])
})

it('is for administrators alone, and is refused whole without its columns', async () => {
  const officer = await api.signedIn('bureau-leader', COUNTY)
  expect((await upload(GOOD, '', officer)).status).toBe(403)
  const answer = await api.upload<ProblemBody>(
    '/v1/users/import',
    [{ field: 'file', filename: '人员.csv', content: '姓名,电话\n甲,000' }],
    admin,
  )
  expect(answer).toMatchObject({ status: 422, body: { type: 'urn:duban:problem:bad-file' } })
  expect(answer.body.detail).toMatch(/邮箱、单位、角色/)
})

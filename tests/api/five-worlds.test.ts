import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../src/services/access/passwords.ts'
import { setPassword } from '../../src/services/access/credentials.ts'
import { layNeighbours, PLACES } from '../security/authorization/county.ts'
import { layThings, type Things } from '../security/authorization/things.ts'
import { personWith } from '../support/scoped.ts'
import {
  type Answer,
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type Json,
  type Page,
  type TestApp,
  TOWN,
} from './build.ts'

// The same obligations, mail and campaign in each of: the town, its village, the town beside it, the bureau, another county.
const PASSWORD = '两个黄鹂鸣翠柳 3'
const FIVE = {
  officer: ['town-officer', TOWN],
  head: ['town-head', TOWN],
  centre: ['relief-centre', `${COUNTY}.jiuzhu`],
  auditor: ['auditor', COUNTY],
  administrator: ['administrator', COUNTY],
} as const
type Who = keyof typeof FIVE
const ALL = Object.keys(FIVE) as Who[]

let api: TestApp
let things: Things
const asking = {} as Record<Who, Asking>

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-02' })
  await layNeighbours(api.pool)
  things = await layThings(api.pool)
  for (const who of ALL) asking[who] = await signIn(FIVE[who])
})
afterAll(() => api.close())

/** By name and password, as at the door. */
async function signIn([role, office]: readonly [string, string]): Promise<Asking> {
  const person = await personWith(api.pool, role, office)
  await setPassword(api.pool, person, await hashPassword(PASSWORD), Date.now())
  const found = await api.pool.query<{ email: string }>('select email from people where id = $1', [person])
  const same = { 'sec-fetch-site': 'same-origin' }
  const body = { email: found.rows[0]?.email, password: PASSWORD }
  const { headers, text } = await api.post('/v1/session', body, { token: null, headers: same })
  const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
  if (!cookie.startsWith('__Host-duban=')) throw new Error(text)
  return { token: null, headers: { ...same, cookie } }
}

type Ask = (who: Who) => Promise<unknown>
const get = (url: string, who: Who) => api.get<Json>(url, asking[who])
const post = (url: string, body: object, who: Who) => api.post<Json>(url, body, asking[who])

/** How many there are, or the number of the refusal. */
const count =
  (url: string): Ask =>
  async (who) => {
    const { status, body } = await api.get<Page<Json>>(url, asking[who])
    return status === 200 ? `${body.items.length}` : status
  }
const status =
  (ask: (who: Who) => Promise<Answer<unknown>>): Ask =>
  async (who) =>
    (await ask(who)).status
const one = (url: () => string): Ask => status((who) => get(url(), who))

/** An obligation nobody has touched. */
async function fresh(office = TOWN): Promise<string> {
  return `/v1/obligations/${(await foundWarning(api, { office })).id}`
}
async function handedIn(): Promise<string> {
  const obligation = await fresh()
  await post(`${obligation}/actions`, SUBMIT, 'officer')
  return obligation
}
const acting = (action: object, on: () => Promise<string> = fresh): Ask =>
  status(async (who) => post(`${await on()}/actions`, action, who))

const SUBMIT = { action: 'submit', result: { outcome: 'ineligible', note: '入户核实,不符合' } }
const REASON = { reason: '入户前核对家庭情况' }
const id = (place: keyof Things) => things[place].ids.obligation

const note: Ask = async (who) => {
  const { body } = await api.get<Page<Json>>(`${await handedIn()}/history`, asking[who])
  return (body.items ?? []).some(({ text }) => text === SUBMIT.result.note)
}
/** Of an obligation of their town and one of the next, at once. */
const atOnce: Ask = async (who) => {
  const ids = [(await foundWarning(api)).id, id('sibling')]
  const body = { ids, action: { action: 'acknowledge' } }
  const answer = await api.post<{ items: { done: boolean }[] }>('/v1/obligations/actions', body, asking[who])
  return answer.status === 200
    ? answer.body.items.map(({ done }) => (done ? '✓' : '✗')).join('')
    : answer.status
}
const register = { kind: 'report', title: '临时报告', office: TOWN, dueOn: '2022-07-29' }
const away = (who: Who) =>
  api.ask(
    { method: 'PUT', url: `/v1/people/${things.own.ids.person}/absence`, payload: { from: '2022-06-02' } },
    asking[who],
  )
const account = { name: '新同事', office: TOWN, role: 'town-officer' }
const override = { action: 'override', phase: 'launch', reason: '动员会已经开过' }

// What each sees and may do, in the order asked: what changes nothing first.
const TABLE: [what: string, ask: Ask, ...expected: unknown[]][] = [
  //                                                                         officer head centre auditor administrator
  ['obligations they see', count('/v1/obligations'), '6', '6', '12', '12', 403],
  ['of them, whose turn is theirs', count('/v1/obligations?standing=held'), '3', '3', '0', '0', 403],
  ['those of their town with its village', count(`/v1/obligations?office=${TOWN}`), '6', '6', '6', '6', 403],
  [
    'those of the town itself',
    count(`/v1/obligations?office=${TOWN}&officeOnly=true`),
    '3',
    '3',
    '3',
    '3',
    403,
  ],
  ['an obligation of their town', one(() => `/v1/obligations/${id('own')}`), 200, 200, 200, 200, 403],
  ['an obligation of the next town', one(() => `/v1/obligations/${id('sibling')}`), 404, 404, 200, 200, 403],
  ['an obligation of another county', one(() => `/v1/obligations/${id('abroad')}`), 404, 404, 404, 404, 403],
  ['mails they see', count('/v1/mails'), '2', '2', '4', '4', 403],
  ['campaigns they see', count('/v1/campaigns'), '1', '1', '1', '1', 403],
  ['deadlines they see', count('/v1/deadlines'), '6', '6', '12', '12', 403],
  ['imports they see', count('/v1/imports'), '2', '2', '8', '8', 403],
  ['the audit trail', one(() => '/v1/audit'), 403, 403, 403, 200, 403],
  ['accounts', one(() => '/v1/users'), 403, 403, 403, 403, 200],
  ['keys', one(() => '/v1/api-keys'), 403, 403, 403, 403, 200],

  [
    'look at a household',
    status(async (who) => post(`${await fresh()}/reveal`, REASON, who)),
    200,
    200,
    200,
    403,
    403,
  ],
  [
    'at one of the next town',
    status(async (who) => post(`${await fresh(PLACES.sibling)}/reveal`, REASON, who)),
    404,
    404,
    200,
    403,
    403,
  ],
  ['read what was noted', note, true, true, true, false, false],
  ['acknowledge', acting({ action: 'acknowledge' }), 200, 200, 403, 403, 403],
  ['acknowledge two towns’ at once', atOnce, '✓✗', '✓✗', '✗✗', 403, 403],
  ['hand in', acting(SUBMIT), 200, 200, 403, 403, 403],
  ['pass what was handed in', acting({ action: 'accept' }, handedIn), 403, 403, 200, 403, 403],
  ['return it', acting({ action: 'return', reason: '材料不全' }, handedIn), 403, 403, 200, 403, 403],
  ['withdraw an obligation', acting({ action: 'cancel', reason: '重复登记' }), 403, 403, 200, 403, 403],
  [
    'register an obligation',
    status((who) => post('/v1/obligations', register, who)),
    201,
    403,
    201,
    403,
    403,
  ],
  [
    'let a phase close',
    status((who) => post(`/v1/campaigns/${things.own.ids.campaign}/actions`, override, who)),
    403,
    403,
    403,
    403,
    403,
  ],
  ['enter a colleague’s absence', status(away), 403, 200, 200, 403, 200],
  [
    'open an account',
    status((who) => post('/v1/users', { ...account, email: `${who}@new.test` }, who)),
    403,
    403,
    403,
    403,
    201,
  ],
]

const saw: unknown[][] = []

test.each(TABLE)('%s', async (_what, ask, ...expected) => {
  const answers: unknown[] = []
  for (const who of ALL) answers.push(await ask(who))
  saw.push(answers)
  expect(Object.fromEntries(ALL.map((who, n) => [who, answers[n]]))).toEqual(
    Object.fromEntries(ALL.map((who, n) => [who, expected[n]])),
  )
})

test('no two of the five roles see the same', () => {
  expect(saw.length).toBe(TABLE.length)
  expect(new Set(ALL.map((_who, n) => JSON.stringify(saw.map((answers) => answers[n])))).size).toBe(
    ALL.length,
  )
})

test('what was done and refused is in the audit trail, where the auditor reads it', async () => {
  for (const [outcome, actions] of [
    ['done', ['household.reveal', 'obligation.submit', 'obligation.accept', 'user.add']],
    ['refused', ['obligation.submit', 'obligation.accept', 'obligation.cancel']],
  ] as const) {
    const { body } = await api.get<Page<{ action: string }>>(
      `/v1/audit?outcome=${outcome}&limit=200`,
      asking.auditor,
    )
    expect(body.items.map(({ action }) => action)).toEqual(expect.arrayContaining([...actions]))
  }
})

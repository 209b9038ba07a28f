import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Item,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../api/build.ts'
import { personWith } from '../support/scoped.ts'
import { givenWarnings } from '../support/warnings.ts'

const OTHER = `${COUNTY}.donghe`
const DAY = '2022-06-08'

let api: TestApp
let officer: Asking
let other: Asking
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: DAY, time: '08:40' })
  officer = await api.signedIn('town-officer', TOWN)
  other = await api.signedIn('town-officer', OTHER)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
})
afterAll(() => api.close())

const at = (id: string) => `/v1/obligations/${id}`
const act = <T = Item>(id: string, body: object, who: Asking) => api.post<T>(`${at(id)}/actions`, body, who)
/** What the officer sees of one, with the version to act on. */
async function open(id: string) {
  const { body, headers, status } = await api.get<Item>(at(id), officer)
  return {
    status,
    body,
    asSeen: { ...officer, headers: { ...officer.headers, 'if-match': String(headers.etag) } },
  }
}
const mine = async () =>
  (await api.get<Page<Item>>('/v1/obligations?limit=50', officer)).body.items.map(({ id }) => id)
const story = async (id: string) =>
  (await api.get<{ items: { action: string }[] }>(`${at(id)}/history`, officer)).body.items.map(
    ({ action }) => action,
  )

test("a day's work of an officer, from the first look in the morning to what is left in the evening", async () => {
  const ids = await givenWarnings(
    api.pool,
    ['orange', 'orange', 'yellow', 'yellow'].map((level, n) => ({
      ...{ id: `DAY-${n}`, level: level as 'orange', office: TOWN, issuedOn: '2022-06-06' as const },
    })),
  )
  const [ill = '', visited = '', elsewhere = '', left = ''] = ids

  // 08:40 Four are there; all of them are signed for at once.
  expect((await mine()).toSorted()).toEqual(ids.toSorted())
  const signed = await api.post<{ items: { done: boolean }[] }>(
    '/v1/obligations/actions',
    { ids, action: { action: 'acknowledge' } },
    officer,
  )
  expect(signed.body.items.map(({ done }) => done)).toEqual([true, true, true, true])

  // 09:10 One household lies in hospital: three working days more are asked for, once.
  await api.goTo(DAY, '09:10')
  const ask = { action: 'request-extension', reason: '户主住院,下周出院', days: 3 }
  const before = (await open(ill)).body.dueOn
  expect((await act(ill, ask, officer)).status).toBe(200)
  expect([before, (await open(ill)).body.dueOn]).toEqual(['2022-06-13', '2022-06-16'])
  const twice = await act<ProblemBody>(ill, ask, officer)
  expect([twice.status, /\p{Script=Han}/u.test(twice.body.detail)]).toEqual([409, true])

  // 09:30 One lives in another town: it is offered there, and stays here until it is taken.
  await api.goTo(DAY, '09:30')
  const offer = { action: 'offer-hand-over', toOffice: OTHER, reason: '户籍在洞河镇' }
  expect((await act(elsewhere, offer, officer)).status).toBe(200)
  expect(await mine()).toContain(elsewhere)

  // 10:30 One was visited: handed in, taken back at once since the outcome was wrong, and handed in anew.
  await api.goTo(DAY, '10:30')
  const submit = (outcome: string) => ({ action: 'submit', result: { outcome, note: '已上门' } })
  const first = await open(visited)
  expect((await act(visited, submit('ineligible'), first.asSeen)).body.state).toBe('submitted')
  const stale = await act<ProblemBody>(visited, submit('ineligible'), first.asSeen)
  expect([stale.status, stale.body.detail]).toEqual([412, expect.stringContaining(`${DAY} 10:30`)])
  await api.goTo(DAY, '10:36')
  expect((await act(visited, { action: 'undo' }, officer)).body.state).toBe('open')
  expect((await open(visited)).body).toMatchObject({ state: 'open', dueOn: '2022-06-13' })
  await api.goTo(DAY, '10:40')
  const again = await open(visited)
  expect((await act(visited, submit('already-covered'), again.asSeen)).status).toBe(200)
  await api.goTo(DAY, '10:51')
  const late = await act<ProblemBody>(visited, { action: 'undo' }, officer)
  expect([late.status, late.body.type]).toEqual([409, 'urn:duban:problem:undo-too-late'])

  // 14:00 The other town takes its household, and the officer reads where it went.
  await api.goTo(DAY, '14:00')
  expect((await act(elsewhere, { action: 'accept-hand-over' }, other)).status).toBe(200)
  expect((await open(elsewhere)).status).toBe(404)
  const gone = await act<ProblemBody>(elsewhere, submit('ineligible'), officer)
  expect([gone.status, gone.body.detail]).toEqual([409, expect.stringContaining('现在由洞河镇办理')])

  // 16:30 The centre answers both.
  await api.goTo(DAY, '16:30')
  expect((await act(ill, { action: 'grant-extension' }, centre)).status).toBe(200)
  expect((await act(visited, { action: 'accept' }, centre)).status).toBe(200)

  // 17:30 What is left, and what was done.
  await api.goTo(DAY, '17:30')
  expect((await mine()).filter((id) => id !== visited).toSorted()).toEqual([ill, left].toSorted())
  expect(await story(ill)).toEqual(['register', 'acknowledge', 'request-extension', 'grant-extension'])
  expect(await story(visited)).toEqual(['register', 'acknowledge', 'submit', 'undo', 'submit', 'accept'])
  const trail = await rows<{ action: string; outcome: string; n: number }>(
    api.pool,
    `select action, outcome, count(*)::int as n from audit_events where actor = $1 and action like 'obligation.%' group by 1, 2 order by 1, 2`,
    [await personWith(api.pool, 'town-officer', TOWN)],
  )
  expect(trail.map(({ action, outcome, n }) => `${action} ${outcome} ${n}`)).toEqual([
    'obligation.acknowledge done 4',
    'obligation.offer-hand-over done 1',
    'obligation.request-extension done 1',
    'obligation.request-extension refused 1',
    'obligation.submit done 2',
    'obligation.submit refused 2',
    'obligation.undo done 1',
    'obligation.undo refused 1',
  ])
})

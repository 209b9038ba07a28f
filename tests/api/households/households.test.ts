import { afterAll, beforeAll, expect, it } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import { addTestKey } from '../../support/scoped.ts'
import { type Asking, buildTestApp, type Item, type ProblemBody, type TestApp, TOWN } from '../build.ts'

const CENTRE = 'sn.ak.zy.jiuzhu'
const SIBLING = 'sn.ak.zy.donghe'
const PERSON = { name: '赵小河', idNo: '619999199001012163', phone: '19900008219', village: '东坪村' }

let api: TestApp
let officer: Asking
let centre: Asking
let neighbour: Asking
let leader: Asking
beforeAll(async () => {
  api = await buildTestApp()
  officer = await api.signedIn('town-officer', TOWN)
  neighbour = await api.signedIn('town-officer', SIBLING)
  centre = await api.signedIn('relief-centre', CENTRE)
  leader = await api.signedIn('bureau-leader', 'sn.ak.zy')
})
afterAll(() => api.close())

type Twins = { items: { obligation: Item; alike: string[]; labels: string[] }[] }
const twinsOf = (person: object, who = officer, office = TOWN) =>
  api.post<Twins & ProblemBody>('/v1/households/twins', { office, person }, who)
const discover = async (person: object, more: object = {}) =>
  (
    await api.post<Item>(
      '/v1/obligations',
      { kind: 'warning', office: TOWN, level: 'yellow', group: 'near-poor', person, ...more },
      officer,
    )
  ).body
const act = (id: string, body: object, who: Asking) =>
  api.post<Item>(`/v1/obligations/${id}/actions`, body, who)
async function verify(id: string, result: object): Promise<void> {
  expect((await act(id, { action: 'submit', result }, officer)).status).toBe(200)
  expect((await act(id, { action: 'accept' }, centre)).status).toBe(200)
}

type Household = {
  subject: { name: string } | null
  cover: { outcome: string; since: string } | null
  monitored: boolean
  exits: { outcome: string; reason: string; decidedBy: string; on: string; backOn: string | null }[]
  links: { same: boolean; decidedBy: string; endedBy: string | null }[]
  items: (Item & { kind: string; followsFrom: string | null; source: string | null })[]
}
const household = async (id: string, who = officer) =>
  (await api.get<Household & ProblemBody>(`/v1/households/${id}`, who)).body

it('a key without personal data asks for no twins', async () => {
  await addTestKey(api.pool, 'no-households', { office: 'sn.ak.zy', personal: false })
  await addTestKey(api.pool, 'households', { office: 'sn.ak.zy' })
  expect((await twinsOf(PERSON, { token: 'no-households' })).status).toBe(403)
  expect((await twinsOf(PERSON, { token: 'households' })).status).toBe(200)
})

it('a household a town found is watched like any warning, and its twins are shown before it is saved', async () => {
  expect((await twinsOf(PERSON)).body.items).toEqual([])
  const first = await discover(PERSON)
  expect(first).toMatchObject({ source: 'discovery', dueOn: '2022-06-20', state: 'open' })
  const alike = async (person: object) => (await twinsOf(person)).body.items.map((twin) => twin.alike)
  expect(await alike(PERSON)).toEqual([['idNo', 'phone', 'name-and-village']])
  expect(await alike({ ...PERSON, idNo: '' })).toEqual([['phone', 'name-and-village']])
  expect(await alike({ name: '赵小河', village: '东坪村' })).toEqual([['name-and-village']])
  expect(await alike({ name: '赵小河', village: '西坪村' })).toEqual([])
  const { items } = (await twinsOf(PERSON)).body
  expect(items[0]).toMatchObject({
    obligation: { id: first.id },
    labels: expect.arrayContaining(['同村同名']),
  })
  expect(JSON.stringify(items)).not.toContain(PERSON.idNo)
  // Saved knowingly: beside the other, not joined to it.
  const second = await discover(PERSON, { twins: [first.id] })
  expect(second.id).not.toBe(first.id)
  // The ledger of discoveries has what was found so, and no warning of the platform.
  const ledger = async (source: string) =>
    (await api.get(`/v1/ledgers/warning?format=csv&source=${source}`)).text.trim().split('\r\n').slice(1)
  const found = await ledger('discovery')
  expect(found.length).toBeGreaterThanOrEqual(2)
  expect(found.every((row) => row.includes('主动发现'))).toBe(true)
  expect((await ledger('medical-insurance')).some((row) => row.includes('主动发现'))).toBe(false)
  expect((await api.get('/v1/ledgers/warning?source=nobody')).status).toBe(400)
  // By cause and group too, as the list (R2).
  const rowsOf = async (query: string) =>
    (await api.get(`/v1/ledgers/warning?format=csv&${query}`)).text.trim().split('\r\n').length - 1
  for (const query of ['cause=illness', 'cause=none', 'group=near-poor', 'group=none&source=discovery']) {
    const { body } = await api.get<{ count: number }>(`/v1/obligations/count?kind=warning&${query}`)
    expect(await rowsOf(query), query).toBe(body.count)
  }
  expect(await rowsOf('cause=illness')).toBeLessThan(await rowsOf('source=discovery'))
})

it('twins are those of the asker’s own scope, and asking is written down without what was asked', async () => {
  expect((await twinsOf(PERSON, neighbour, SIBLING)).body.items).toEqual([])
  expect((await twinsOf(PERSON, neighbour)).status).toBe(422)
  expect((await twinsOf(PERSON, await api.signedIn('auditor', 'sn.ak.zy'))).status).toBe(403)
  const trail = await rows<{ text: string }>(
    api.pool,
    `select detail::text as text from audit_events where action = 'household.lookup' and outcome = 'done' order by id`,
  )
  expect(trail.at(-1)?.text).toBe(`{"by": "twins", "found": 0, "office": "${SIBLING}"}`)
  expect(JSON.stringify(trail)).not.toContain(PERSON.name)
})

it('one household is followed across warnings, visits, help and its exit', async () => {
  const person = { ...PERSON, name: '钱大江', idNo: '619999198505054539', phone: '' }
  const first = await discover(person)
  await verify(first.id, { outcome: 'ineligible' })
  const before = await household(first.id)
  expect(before.items.map(({ kind, followsFrom }) => [kind, followsFrom])).toEqual([
    ['warning', null],
    ['monitoring-visit', first.id],
  ])
  expect(before).toMatchObject({ cover: null, monitored: true, exits: [], subject: { name: '钱*江' } })
  await api.goTo('2022-06-20')
  const second = await discover(person)
  await verify(second.id, { outcome: 'dibao' })
  const third = await discover(person)
  await verify(third.id, { outcome: 'moved-away', exitReason: 'moved', decidedBy: '镇长办公会' })
  const whole = await household(first.id, leader)
  expect(whole.items.map(({ kind }) => kind).sort()).toEqual([
    'follow-up',
    'monitoring-visit',
    'warning',
    'warning',
    'warning',
  ])
  expect(whole.cover).toBeNull()
  expect(whole.exits).toMatchObject([
    { outcome: 'moved-away', reason: 'moved', decidedBy: '镇长办公会', on: '2022-06-20', backOn: null },
  ])
  // Helped once, it is not covered again.
  await api.goTo('2022-06-22')
  await verify((await discover(person)).id, { outcome: 'temporary-assistance' })
  expect((await household(first.id, leader)).exits).toMatchObject([{ backOn: null }])
  // It comes back, and the exit stays beside the day of its return.
  await api.goTo('2022-06-27')
  const again = await discover(person)
  await verify(again.id, { outcome: 'dibao' })
  const returned = await household(first.id, leader)
  expect(returned.exits).toMatchObject([{ outcome: 'moved-away', on: '2022-06-20', backOn: '2022-06-27' }])
  expect(returned.cover).toMatchObject({ outcome: 'dibao', since: '2022-06-27' })
  // From whichever of them one starts, it is the same household.
  for (const { id } of whole.items) expect((await household(id, leader)).items).toHaveLength(9)
  await api.goTo('2022-06-06')
})

it('a household without a number is followed by its links, and nobody is joined by a name', async () => {
  const person = { name: '孙无号', village: '东坪村' }
  const first = await discover(person)
  const other = await discover(person)
  await verify(first.id, { outcome: 'dibao' })
  const { items } = await household(first.id)
  expect(items.map(({ kind }) => kind)).toEqual(['warning', 'follow-up'])
  expect((await household(items[1]!.id)).items.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
  expect((await household(other.id)).items).toHaveLength(1)
})

it('a household of another office is not there', async () => {
  const { id } = await discover({ ...PERSON, name: '李远' })
  expect((await api.get(`/v1/households/${id}`, neighbour)).status).toBe(404)
})

type Possible = { items: { obligation: Item; alike: string[]; keptApart: boolean }[] }

it('possible twins are joined or kept apart by a person, and it can be taken back', async () => {
  const person = { name: '周无号', village: '西坪村', phone: '19900007777' }
  const [first, other] = [await discover(person), await discover({ ...person, name: '周无好' })]
  await verify(first.id, { outcome: 'dibao' })
  const possible = async () =>
    (await api.get<Possible>(`/v1/households/${other.id}/twins`, officer)).body.items.map((one) => [
      ...[one.obligation.id, one.alike, one.keptApart],
    ])
  const decide = (same: boolean, who = officer, twin = other.id) =>
    api.ask<ProblemBody>(
      { method: 'PUT', url: `/v1/households/${first.id}/twins/${twin}`, payload: { same } },
      who,
    )
  const undo = () =>
    api.ask({ method: 'DELETE', url: `/v1/households/${first.id}/twins/${other.id}` }, officer)
  const followUp = (await household(first.id)).items[1]!.id
  expect(await possible()).toEqual(
    expect.arrayContaining([
      [first.id, ['phone'], false],
      [followUp, ['phone'], false],
    ]),
  )
  expect((await decide(false)).status).toBe(200)
  expect(await possible()).toContainEqual([first.id, ['phone'], true])
  expect((await household(other.id)).items).toHaveLength(1)
  expect((await decide(true)).status).toBe(200)
  for (const id of [first.id, other.id, followUp])
    expect((await household(id)).items.map((one) => one.id).sort()).toEqual(
      [first.id, other.id, followUp].sort(),
    )
  expect(await possible()).toEqual([])
  expect((await undo()).status).toBe(200)
  expect((await household(other.id)).items).toHaveLength(1)
  expect((await undo()).status).toBe(404)
  const { links } = await household(first.id)
  expect(links.map(({ same, endedBy }) => [same, endedBy !== null])).toEqual([
    [false, true],
    [true, true],
  ])
  expect(links[0]?.decidedBy).toMatch(/\p{Script=Han}/u)
  expect((await decide(true, neighbour)).status).toBe(404)
  expect((await decide(true, await api.signedIn('auditor', 'sn.ak.zy'))).status).toBe(403)
  expect((await decide(true, officer, first.id)).status).toBe(422)
  const trail = await rows<{ action: string }>(
    api.pool,
    `select action from audit_events where subject = $1 and action like 'household.%' and outcome = 'done' order by id`,
    [first.id],
  )
  expect(trail.map(({ action }) => action)).toEqual(
    ['keep-apart', 'join', 'undo-link'].map((what) => `household.${what}`),
  )
})

it('two of one number are one household, whatever somebody decides', async () => {
  const person = { ...PERSON, name: '吴同号', idNo: '619999197001014530' }
  const [first, second] = [await discover(person), await discover(person)]
  const url = `/v1/households/${first.id}/twins/${second.id}`
  const apart = await api.ask<ProblemBody>({ method: 'PUT', url, payload: { same: false } }, officer)
  expect([apart.status, apart.body.detail]).toEqual([409, expect.stringContaining('身份证号相同') as string])
})

it('those of one number are one household, also those that a joined one has', async () => {
  const numbered = { ...PERSON, name: '郑有号', idNo: '619999197202024516', phone: '19900008888' }
  const [one, same] = [await discover(numbered), await discover({ ...numbered, phone: '' })]
  const bare = await discover({ name: '郑有号', village: numbered.village })
  const url = `/v1/households/${bare.id}/twins/${one.id}`
  expect((await api.ask({ method: 'PUT', url, payload: { same: true } }, officer)).status).toBe(200)
  const ids = (await household(bare.id)).items.map(({ id }) => id).sort()
  expect(ids).toEqual([one.id, same.id, bare.id].sort())
})

it('a possible twin is shown however many are known to be the same household', async () => {
  const bare = await discover({ name: '冯无号', village: '西坪村', phone: '19900006666' })
  await api.goTo('2022-06-21')
  const person = { ...PERSON, name: '冯有号', idNo: '619999197303034510', phone: '19900006666' }
  const made: Item[] = []
  for (let n = 0; n < 21; n++) made.push(await discover(person))
  const { body } = await api.get<Possible>(`/v1/households/${made[0]!.id}/twins`, officer)
  expect(body.items.map(({ obligation }) => obligation.id)).toEqual([bare.id])
  await api.goTo('2022-06-06')
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { addTestKey } from '../../support/scoped.ts'
import { type Asking, buildTestApp, COUNTY, foundWarning, type Item, type TestApp, TOWN } from '../build.ts'

type Person = { id: string; name: string }
type Posted = Person & {
  phone: string | null
  posts: { office: { code: string; name: string }; role: string }[]
}
type Told = { person: Posted; fate: string; mailId: string | null; reply: string | null }
type Story = {
  items: { what: string; code: string; label: string; text?: string | null; told?: Told[] }[]
  upcoming: { at: string; code: string; to: { person: Posted }[] }[]
  deadlineId: string | null
}
type Possible = {
  version: number
  items: {
    action: string
    allowed: boolean
    late: boolean
    refusal: { code: string; message: string } | null
    office: { code: string } | null
    who: Person[]
    fields: { name: string; required: boolean; schema: { properties?: object } }[]
  }[]
}

let api: TestApp
let red: Item
let officer: Asking
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  officer = await api.signedIn('town-officer', TOWN)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  await inTransaction(api.pool, (tx) => poke(tx, 'courier', [COUNTY]))
  red = await foundWarning(api, { externalId: 'R1', level: 'red' })
  const letters = {
    dashboardUrl: 'http://127.0.0.1:1',
    mailDomain: 'duban.example',
    trial: true,
    archive: true,
  }
  const engine = makeInlineEngine({
    pool: api.pool,
    wallNow: () => Date.now(),
    letters: {
      ...letters,
      from: { name: '督办', address: 'duban@duban.example' },
      replyTo: 'contact@bureau.ziyang.test',
    },
  } as never)
  await engine.advanceTo(instantAt('2022-06-10', '09:00'))
})
afterAll(() => api.close())

const story = async (how?: Asking) => (await api.get<Story>(`/v1/obligations/${red.id}/story`, how)).body
const possible = async (how: Asking) =>
  (await api.get<Possible>(`/v1/obligations/${red.id}/possible-actions`, how)).body
const one = async (how: Asking, action: string) =>
  (await possible(how)).items.find((i) => i.action === action)

describe('the story of an obligation', () => {
  it('has what was done and who was told, each with the fate of the mail', async () => {
    const { items } = await story(officer)
    expect(items[0]).toMatchObject({ what: 'event', code: 'register', label: '登记' })
    const dueDay = items.find(({ code }) => code === 'due-day')
    expect(dueDay?.told?.length).toBeGreaterThan(0)
    for (const { person, fate, mailId } of dueDay?.told ?? []) {
      expect(person.name).not.toBe('')
      expect(['archived', 'out-of-scope']).toContain(fate)
      expect(mailId === null).toBe(fate === 'out-of-scope')
    }
    expect(dueDay?.told?.some(({ fate }) => fate === 'archived')).toBe(true)
  })

  it('says when who will be told next', async () => {
    const { upcoming, deadlineId } = await story(centre)
    expect(deadlineId).not.toBeNull()
    expect(upcoming[0]?.code).toMatch(/^(rung|repeat)-/)
    expect(Date.parse(upcoming[0]?.at ?? '')).toBeGreaterThan(Date.parse('2022-06-10T01:00:00Z'))
    expect(upcoming[0]?.to.length).toBeGreaterThan(0)
  })

  it('says of everybody who was told, or will be, in which post, and by which telephone of the office', async () => {
    await api.pool.query(`update people set phone = '0915-4421234' where email like 'head@maoba%'`)
    const { items, upcoming } = await story(centre)
    const told = [...items.flatMap((item) => item.told ?? []), ...upcoming.flatMap(({ to }) => to)]
    expect(told.length).toBeGreaterThan(2)
    for (const { person } of told) expect(person.posts[0]?.office.name, person.name).toBeTruthy()
    const rung = items.findLast(({ code }) => code.startsWith('rung-'))
    expect(rung?.told?.map(({ person }) => [person.posts[0]?.role, person.phone])).toContainEqual([
      ...['town-head', '0915-4421234'],
    ])
  })

  it('names of somebody who is head of two towns the post in the town of the item first', async () => {
    const other = `${COUNTY}.donghe`
    expect(other < TOWN).toBe(true)
    const heads = `select id from people where email like 'head@maoba%'`
    await api.pool.query(
      `insert into person_roles (person, office, role) select id, $1, 'town-head' from (${heads}) p`,
      [other],
    )
    const { items } = await story(centre)
    const told = items.flatMap((item) => item.told ?? [])
    const both = told.filter(({ person }) => person.posts.length === 2)
    expect(both.length).toBeGreaterThan(0)
    for (const { person } of both)
      expect(person.posts.map(({ office }) => office.code)).toEqual([TOWN, other])
    await api.pool.query(`delete from person_roles where office = $1 and person in (${heads})`, [other])
  })

  it('tells nothing of the directory to a key that was not given it', async () => {
    await addTestKey(api.pool, 'no-directory', { permissions: ['obligations:read', 'mails:read'] })
    const { items, upcoming } = await story({ token: 'no-directory' })
    const told = [...items.flatMap((item) => item.told ?? []), ...upcoming.flatMap(({ to }) => to)]
    expect(told.length).toBeGreaterThan(2)
    for (const { person } of told) expect([person.posts, person.phone]).toEqual([[], null])
  })

  it('names no mail to a key that may not read mails, and tells it the fate all the same', async () => {
    await addTestKey(api.pool, 'no-mails', { permissions: ['obligations:read'] })
    await api.pool.query(`update mails set reply = '250 accepted'`)
    const toldOf = ({ items }: Story) => items.flatMap(({ told }) => told ?? [])
    const [all, hidden] = [toldOf(await story(centre)), toldOf(await story({ token: 'no-mails' }))]
    expect(hidden.map(({ fate }) => fate)).toContain('archived')
    expect(all.some(({ mailId, reply }) => mailId !== null && reply !== null)).toBe(true)
    for (const { mailId, reply } of hidden) expect([mailId, reply]).toEqual([null, null])
  })

  it('is not found by another town', async () => {
    const other = await api.signedIn('town-officer', `${COUNTY}.donghe`)
    for (const rest of ['story', 'possible-actions'])
      expect((await api.get(`/v1/obligations/${red.id}/${rest}`, other)).status).toBe(404)
  })
})

describe('what somebody may do', () => {
  it('stands for the performer with the form of the kind', async () => {
    const submit = await one(officer, 'submit')
    expect(submit).toMatchObject({ allowed: true, refusal: null, late: true, office: { code: TOWN } })
    expect(submit?.fields).toMatchObject([
      { name: 'result', required: true, schema: { properties: { outcome: {}, note: {} } } },
    ])
  })

  it('stands for others with the reason why not and who may', async () => {
    const submit = await one(centre, 'submit')
    expect(submit).toMatchObject({ allowed: false, refusal: { code: 'forbidden' } })
    expect(submit?.who.length).toBeGreaterThan(0)
    expect(await one(centre, 'accept')).toMatchObject({
      allowed: false,
      refusal: { code: 'not-while-open', message: '只有待复核的事项才能通过复核。' },
      office: { code: `${COUNTY}.jiuzhu` },
    })
    expect(await one(centre, 'cancel')).toMatchObject({
      allowed: true,
      fields: [{ name: 'reason', required: true }],
    })
  })

  it('is exactly what is then done, and the one who submitted may not accept', async () => {
    const { version } = await possible(officer)
    const done = await api.post(
      `/v1/obligations/${red.id}/actions`,
      { action: 'submit', result: { outcome: 'ineligible', note: '已走访' } },
      { ...officer, headers: { ...officer.headers, 'if-match': `"${version}"` } },
    )
    expect(done.status).toBe(200)
    expect(await one(centre, 'accept')).toMatchObject({ allowed: true })
    expect(await one(officer, 'accept')).toMatchObject({ allowed: false })
    const { id } = (await api.get<{ id: string }>('/v1/me', officer)).body
    expect((await one(centre, 'accept'))?.who.map((person) => person.id)).not.toContain(id)
    const steps = (await story(officer)).items
    expect(steps.find(({ code }) => code === 'submit')).toMatchObject({ text: '已走访', label: '提交' })
  })
})

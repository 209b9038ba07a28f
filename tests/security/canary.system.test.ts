import { now as businessNow } from '../../src/services/schedule/clock.ts'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { Client, Connection } from '@temporalio/client'
import { createTransport } from 'nodemailer'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/bin/config/config.ts'
import { type Running, up } from '../../src/bin/start/up.ts'
import { row, rows } from '../../src/db/pool.ts'
import { rotateKeys } from '../../src/services/key-rotation/data-keys.ts'
import { addDays, dayOf, instantAt } from '../../src/domain/time/days.ts'
import { removePostgres } from '../../src/engine/embedded/postgres-data.ts'
import type { ApiImport } from '../../src/rehearsal/county-answers.ts'
import { CountyApi } from '../../src/rehearsal/county-api.ts'
import { Driver } from '../../src/rehearsal/driver.ts'
import { Api } from '../../src/rehearsal/http.ts'
import { Responder } from '../../src/rehearsal/responder.ts'
import { sampleCounty } from '../../src/rehearsal/sample-county.ts'
import { WITHHELD } from '../../src/api/ledgers/ledger-rows.ts'
import { allText } from '../api/packs/reading.ts'
import { unzip } from '../support/unzip.ts'
import { CANARY, canary, canaryCsv, canariesIn, formsOf } from './canaries.ts'
import {
  bytesBelow,
  searchDump,
  searchFile,
  searchFiles,
  searchHistories,
  searchMails,
  searchTexts,
} from './searching.ts'

const COUNT = 10_000
/** In each town, the red ones first: no town has more of them. */
const ACTED_ON = 6
const START = instantAt('2022-06-01', '08:00')
const UNTIL = instantAt('2022-12-31', '18:00')
/** The first noons at which later phases are open and their offices have been told. */
const LATER_PHASES_TOLD = [instantAt('2022-06-16', '12:00'), instantAt('2022-10-08', '12:00')]
const MASTER = Buffer.alloc(32, 9)
/** Hundreds of megabytes are read. */
const SLOW = { timeout: 180_000 }

let running: Running
let api: Api
let dir: string
let metrics: string
const logged: string[] = []
/** Tells the driver of each answer, so that it asks less often whether all is done. */
const answers = new Responder()

/** The whole product as it is started, with a folder of its own; every line of its log is kept. */
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'duban-canary-'))
  const given = {
    DUBAN_DATA: dir,
    DUBAN_PORT: 0,
    DUBAN_RATE_LIMIT: 1_000_000,
    // A town's pack in the clear looks at each of its households.
    DUBAN_REVEAL_LIMIT: 1_000,
    DUBAN_MASTER_KEY: MASTER.toString('hex'),
  }
  const write = (chunk: Buffer, _encoding: string, done: () => void) => {
    logged.push(chunk.toString())
    done()
  }
  running = await up(readConfig({}, given), {
    begin: 'offices',
    demoSignIn: true,
    clock: { mode: 'stepped', businessAt: START },
    wrap: (deps) => ({ ...deps, onAnswer: answers.ring }),
    log: pino({ level: 'trace' }, new Writable({ write })),
  })
  // Whole pages in the log would be packed; then a search finds nothing for the wrong reason.
  await running.pool.query('alter system set wal_compression = off')
  await running.pool.query('select pg_reload_conf()')
  await running.engine.joined
  api = new Api(running.url, { authorization: `Bearer ${running.token}` })
  await playYear()
  metrics = await (await fetch(`${running.url}/metrics`)).text()
}, 1_500_000)
afterAll(async () => {
  await running?.stop()
  await removePostgres(join(dir, 'postgres'))
  rmSync(dir, { recursive: true, force: true })
}, 60_000)

/** A year of everything a canary passes through: import, refusals, actions with notes, reveals, look-ups, reminders, escalations, rotation. */
async function playYear(): Promise<void> {
  const county = new CountyApi(api)
  const driver = new Driver(running.pool, START, answers)
  const { people, home } = sampleCounty()
  await driver.goTo(START)
  await repeatSeldom()
  await county.startCampaign(home, 2022, 'safety-net-2022')
  await driver.settled()
  const towns = people.offices.filter((o) => people.isTown(o.code))
  const { state, registered } = await importCanaries(
    county,
    driver,
    towns.map((t) => t.name),
  )
  expect({ state, registered }).toEqual({ state: 'applied', registered: COUNT })
  await uploadsThatAreRefused(county, driver)
  await driver.play([], instantAt('2022-06-07', '12:00'), () => undefined)
  const centre = people.holdersOf('relief-centre', towns[0]?.code ?? '')[0] ?? ''
  const townsAct = async () => {
    for (const { code } of towns) await townActs(county, people.officersOf(code)[0] ?? '', code)
  }
  await townsAct()
  await centreActs(county, centre)
  await problemWithEvidence(centre, people.officersOf(MAOBA)[0] ?? '')
  await hitsOfTown(driver, people.officersOf(MAOBA)[0] ?? '')
  await handedOn(centre, people.officersOf(MAOBA)[0] ?? '')
  // Whatever is watched alone is brought to its end: a hundred of them repeated until December say nothing new.
  await townsAct()
  await accept(await county.as(centre), await handedIn())
  await requestsThatFail()
  await rotateKeys({ pool: running.pool, masterKey: MASTER, purpose: 'data' })
  await cancelPlannedWork(county, centre)
  await endDailyCheck()
  for (const told of LATER_PHASES_TOLD) {
    await driver.play([], told, () => undefined)
    await cancelPlannedWork(county, centre)
  }
  await driver.play([], UNTIL, () => undefined)
}

/** What is late is told on each rung, and then no more before autumn: thousands of lines each week would say nothing new. */
async function repeatSeldom(): Promise<void> {
  type Rule = { repeat?: { everyWorkingDays: number } }
  const newest = 'select rules from policies order by version desc limit 1'
  const { rules } = (await row<{ rules: Rule[] }>(running.pool, newest))!
  const repeated = rules.filter(({ repeat }) => repeat !== undefined)
  expect(repeated).not.toEqual([])
  for (const { repeat } of repeated) repeat!.everyWorkingDays = 60
  await addPolicy('po_seldom', { rules, checked: true })
}

/** A line for the administrator each morning says no more than those of June did: the next version of the rules has none. */
function endDailyCheck(): Promise<void> {
  return addPolicy('po_without_check', { rules: null, checked: false })
}

/** The next version of the newest policy, with these rules unless they are null, and with or without a daily check. */
async function addPolicy(
  id: string,
  { rules, checked }: { rules: object[] | null; checked: boolean },
): Promise<void> {
  await running.pool.query(
    `insert into policies (id, county, version, name, example, rules, standing, standing_check, deferral, changes, monitoring,
                           suspension, extension, hand_over, override, created_at)
     select $1, county, version + 1, name, example, coalesce($2::jsonb, rules), standing,
            case when $3::boolean then standing_check end, deferral, changes, monitoring, suspension, extension, hand_over,
            override, now()
       from policies order by version desc limit 1`,
    [id, rules && JSON.stringify(rules), checked],
  )
}

/** On a busy machine the first steps take longer than a step may; this is no test of that. */
async function importCanaries(county: CountyApi, driver: Driver, towns: string[]): Promise<ApiImport> {
  const { id } = await county.upload('预警.csv', Buffer.from(canaryCsv(COUNT, towns, '2022-05-31')))
  const finished = async () => (await county.importById(id)).state
  for (let tries = 0; tries < 5 && (await finished()) !== 'applied'; tries++) await driver.settled()
  return county.importById(id)
}

/** Rows with a wrong number, the same rows again and changed, and a file that is no ledger at all. */
async function uploadsThatAreRefused(county: CountyApi, driver: Driver): Promise<void> {
  const good = canaryCsv(20, ['毛坝镇'], '2022-05-31')
  const wrong = good
    .replaceAll(canary(3).idNo, `${canary(3).idNo.slice(0, 17)}Y`)
    .replaceAll('CANARY-', 'WRONG-')
  const files = [good, wrong, `${canary(1).name},${canary(1).idNo}\r\n`.repeat(50)]
  for (const file of files) {
    const { id } = await county.upload('再次.csv', Buffer.from(file))
    await driver.settled()
    await fetch(`${running.url}/v1/imports/${id}/errors.csv`, {
      headers: { authorization: `Bearer ${running.token}` },
    })
  }
}

async function of(office: string): Promise<{ id: string; n: number }[]> {
  const found = await rows<{ id: string; key: string }>(
    running.pool,
    `select id, external_id as key from obligations where office = $1 and external_id is not null and state in ('open', 'returned')
      order by state = 'open', level <> 'red', id limit $2`,
    [office, ACTED_ON],
  )
  return found.map(({ id, key }) => ({ id, n: Number(key.split('-')[1]) }))
}

async function townActs(county: CountyApi, email: string, office: string): Promise<void> {
  const town = await county.as(email)
  for (const [nth, { id, n }] of (await of(office)).entries()) {
    await town.act('acknowledge', [id], {})
    const { name: decidedBy, note } = canary(n)
    const exit = { outcome: 'moved-away', exitReason: 'moved', decidedBy, note }
    const [answer] = await town.act('submit', [id], {
      result: nth === 0 ? exit : { outcome: 'other-assistance', note },
    })
    expect(answer).toMatchObject({ ok: true })
  }
}

/** The dated work of the phases knows of no household: hundreds of its reminders until December would say nothing new. */
async function cancelPlannedWork(county: CountyApi, email: string): Promise<void> {
  const planned = await rows<{ id: string }>(
    running.pool,
    `select id from obligations where kind <> 'warning' and state = 'open' order by id`,
  )
  expect(planned).not.toEqual([])
  const centre = await county.as(email)
  const answers = await centre.act(
    'cancel',
    planned.map(({ id }) => id),
    { reason: canary(1).note },
  )
  expect(answers.every(({ ok }) => ok)).toBe(true)
}

/** The centre accepts, returns, looks at households, and registers one found by itself. */
async function centreActs(county: CountyApi, email: string): Promise<void> {
  const centre = await county.as(email)
  const submitted = await handedIn()
  for (const [n, id] of submitted.entries()) {
    const detail = n % 2 ? { note: canary(n).note } : { reason: canary(n).note }
    expect(await centre.act(n % 2 ? 'accept' : 'return', [id], detail)).toMatchObject([{ ok: true }])
  }
  const person = await personalApi(email)
  const { name, idNo, phone, note } = canary(COUNT + 1)
  for (const id of submitted.slice(0, 10)) {
    const seen = await person.post<{ name: string }>(`/v1/obligations/${id}/reveal`, {
      reason: `核实${name}`,
    })
    expect(seen.name).toContain(CANARY.name)
  }
  const found = await person.post<{ items: unknown[] }>('/v1/obligations/lookup', {
    idNo: canary(7_000).idNo,
  })
  expect(found.items).toHaveLength(1)
  const household = { name, idNo, phone, village: `${CANARY.name}村`, detail: note }
  await person.post('/v1/obligations', {
    kind: 'warning',
    office: MAOBA,
    level: 'red',
    person: household,
  })
  const asked = { name, idNo, phone, village: household.village }
  const twins = await person.post<{ items: unknown[] }>('/v1/households/twins', {
    office: MAOBA,
    person: asked,
  })
  expect(twins.items.length).toBeGreaterThan(0)
  await screeningOf(person, household)
  await rosterOf(person, submitted[0] ?? '')
  await postponed(person)
}

/** A pause, its end and a visit to its office, with words that name a household. */
async function postponed(person: Api): Promise<void> {
  const open = `select id from obligations where kind = 'warning' and state = 'open' and level = 'yellow' order by id limit 1`
  const id = (await rows<{ id: string }>(running.pool, open))[0]?.id ?? ''
  const until = addDays(dayOf(await businessNow(running.pool)), 3)
  const act = (body: object) => person.post(`/v1/obligations/${id}/actions`, body)
  await act({ action: 'suspend', reasonCode: 'disputed', reason: canary(4).note, until })
  await act({ action: 'resume', note: canary(5).note })
  const told = await rows<{ person: string }>(
    running.pool,
    `select r.person from person_roles r join obligations o on o.office = r.office
      where o.id = $1 and r.role = 'town-officer' limit 1`,
    [id],
  )
  const contactedOn = dayOf(await businessNow(running.pool))
  const call = { action: 'record-contact', means: 'visit', contacted: told[0]?.person ?? '', contactedOn }
  await act({ ...call, said: canary(6).note })
}

const CENTRE = 'sn.ak.zy.jiuzhu'
const MAOBA = 'sn.ak.zy.maoba'

/** A screening of the centre's own with one household, and a comparison that says in words why; both are cancelled again. */
async function screeningOf(person: Api, household: object): Promise<void> {
  const dueOn = dayOf(await businessNow(running.pool))
  const begin = (kind: string) =>
    person.post<{ id: string }>('/v1/obligations', { kind, office: CENTRE, title: '自行开展', dueOn })
  const screening = await begin('screening')
  await person.post(`/v1/screenings/${screening.id}/entries`, { person: household, visitors: canary(2).name })
  const comparison = await begin('comparison')
  const result = { day: dueOn, compared: 5, hits: 1, raised: 2, how: 'manual', reason: canary(3).note }
  await person.post(`/v1/obligations/${comparison.id}/actions`, { action: 'submit', result })
  for (const { id } of [screening, comparison])
    await person.post(`/v1/obligations/${id}/actions`, { action: 'cancel', reason: '试填' })
}

/** A roster from a file and one household by hand, changed and taken back; a possible twin is looked for, joined and kept apart. */
async function rosterOf(person: Api, obligation: string): Promise<void> {
  const lines = [20, 21, 22].map((n) => {
    const { name, idNo, phone, note } = canary(COUNT + n)
    return ['毛坝镇', `${CANARY.name}村`, name, idNo, phone, '边缘户', '无', note].join(',')
  })
  const upload = async (more: readonly string[]) => {
    const content = ['乡镇,村,姓名,身份证号,联系电话,重点人群类别,保障情况,备注', ...lines, ...more].join(
      '\n',
    )
    const bytes = new Uint8Array(Buffer.from(content))
    return person.upload<{ id: string | null }>(
      '/v1/roster/import?dryRun=false&keepGood=true',
      `${canary(COUNT + 20).name}.csv`,
      bytes,
    )
  }
  expect(
    (await upload([`无此镇,${CANARY.name},${canary(1).name},${canary(1).idNo},x,y,z,w`])).id,
  ).not.toBeNull()
  lines[0] = lines[0]!.replace(',无,', ',低保,')
  const { id } = await upload([])
  await person.post(`/v1/roster/imports/${id}/undo`, {})
  const { name, idNo, phone } = canary(COUNT + 23)
  const entry = { office: MAOBA, group: 'near-poor', cover: 'none', person: { name, idNo, phone } }
  const { id: household } = await person.post<{ id: string }>('/v1/roster', entry)
  expect(household).toMatch(/^rh_/)
  expect(JSON.stringify(await person.get(`/v1/households/${household}`))).toContain('金')
  await person.get('/v1/roster')
  await person.get('/v1/statistics/obligations?down=village&office=sn.ak.zy.maoba')
  await person.get('/v1/standing-check')
  const { items } = await person.get<{ items: unknown[] }>(`/v1/households/${obligation}/twins`)
  expect(items).toBeInstanceOf(Array)
}

/** A problem whose words and whose evidence name a household: the file itself and its name. */
async function problemWithEvidence(centre: string, officer: string): Promise<void> {
  const { name, idNo, phone, note } = canary(COUNT + 2)
  const { items } = await (
    await personalApi(centre)
  ).post<{ items: { id: string }[] }>('/v1/problems', {
    ...{ offices: [MAOBA], origin: 'audit', type: 'missed-cover', dueOn: '2022-12-15' },
    ...{ wrong: `${name} ${idNo} 漏保`, measure: note, responsible: name },
  })
  const id = items[0]?.id ?? ''
  const town = await personalApi(officer)
  const content = Buffer.from(`%PDF-1.4 ${name} ${idNo} ${phone} ${note}`)
  await town.upload(`/v1/obligations/${id}/attachments`, `${name}.pdf`, new Uint8Array(content))
  const result = { note: `${name}已重新纳入` }
  await town.post(`/v1/obligations/${id}/actions`, { action: 'submit', result })
  const listed = await (await personalApi(centre)).get<{ items: { wrong: string }[] }>('/v1/problems')
  expect(listed.items.some(({ wrong }) => wrong.includes(name))).toBe(true)
}

async function handedIn(): Promise<string[]> {
  const found = await rows<{ id: string }>(
    running.pool,
    `select id from obligations where state = 'submitted' order by id`,
  )
  return found.map(({ id }) => id)
}

async function accept(centre: CountyApi, ids: readonly string[]): Promise<void> {
  for (const [n, id] of ids.entries())
    expect(await centre.act('accept', [id], { note: canary(n).note })).toMatchObject([{ ok: true }])
}

async function personalApi(email: string): Promise<Api> {
  const found = await row<{ id: string }>(running.pool, 'select id from people where email = $1', [email])
  return api.signIn(found?.id ?? '')
}

/** What a person is given at an address that does not answer with JSON. */
async function askAs(email: string, path: string, body?: object): Promise<Response> {
  const found = await row<{ id: string }>(running.pool, 'select id from people where email = $1', [email])
  const origin = running.url
  const post = (address: string, given: object, headers: Record<string, string> = {}) =>
    fetch(origin + address, {
      method: 'POST',
      body: JSON.stringify(given),
      headers: { 'content-type': 'application/json', origin, ...headers },
    })
  const session = await post('/v1/session', { person: found?.id })
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return body ? post(path, body, { cookie }) : fetch(origin + path, { headers: { cookie, origin } })
}

/** A town's own list of hits, half of it of another town: read, looked at by the town, and cancelled. */
async function hitsOfTown(driver: Driver, officer: string): Promise<void> {
  const town = await personalApi(officer)
  const dueOn = dayOf(await businessNow(running.pool))
  const own = { kind: 'comparison', office: MAOBA, title: '自行比对', dueOn }
  const { id: comparison } = await town.post<{ id: string }>('/v1/obligations', own)
  const hits = canaryCsv(4, ['毛坝镇', '洞河镇'], dueOn).replaceAll('CANARY-', 'HIT-')
  const { id } = await town.upload<{ id: string }>(
    `/v1/imports?dryRun=true&comparison=${comparison}`,
    '命中名单.csv',
    new Uint8Array(Buffer.from(hits)),
  )
  await driver.settled()
  expect(await town.get(`/v1/imports/${id}`)).toMatchObject({ state: 'validated', accepted: 2, refused: 2 })
  const errors = await askAs(officer, `/v1/imports/${id}/errors.csv`)
  expect(await errors.text()).toContain(CANARY.name)
  await town.post(`/v1/imports/${id}/actions`, { action: 'cancel' })
}

/** What leaves the product: a masked pack with problems in it, one in the clear for a reason that names somebody, and a calendar feed. */
async function handedOn(centre: string, officer: string): Promise<void> {
  const { id: campaign } = (await row<{ id: string }>(running.pool, 'select id from campaigns'))!
  const pack = (email: string, body: object) => packAs(email, `/v1/campaigns/${campaign}/pack`, body)
  const masked = allText(await pack(centre, { office: MAOBA }))
  expect(masked).toContain(WITHHELD)
  expect(canariesIn(Buffer.from(masked))).toEqual([])
  const clear = await pack(officer, { households: 'clear', reason: `省级检查${canary(1).note}` })
  expect(canariesIn(Buffer.from(allText(clear)))).not.toEqual([])
  const town = await personalApi(officer)
  const { url } = await town.post<{ url: string }>('/v1/me/calendar-feed', { password: 'x' })
  const feed = await (await fetch(running.url + new URL(url).pathname)).text()
  expect(feed).toContain('BEGIN:VCALENDAR')
  expect(canariesIn(Buffer.from(feed))).toEqual([])
}

async function packAs(email: string, path: string, body: object) {
  const answer = await askAs(email, path, body)
  expect(answer.status).toBe(200)
  return unzip(Buffer.from(await answer.arrayBuffer()))
}

/** A caller who puts a household where it does not belong: into addresses, wrong fields, ids, headers. */
async function requestsThatFail(): Promise<void> {
  const { name, idNo, phone } = canary(5)
  const authorization = `Bearer ${running.token}`
  const post = (path: string, body: string) =>
    fetch(running.url + path, {
      method: 'POST',
      body,
      headers: { authorization, 'content-type': 'application/json' },
    })
  const answers = await Promise.all([
    fetch(`${running.url}/v1/obligations?name=${encodeURIComponent(name)}`, { headers: { authorization } }),
    fetch(`${running.url}/v1/obligations?office=${idNo}&limit=${phone}`, { headers: { authorization } }),
    fetch(`${running.url}/v1/obligations/${idNo}`, { headers: { authorization } }),
    fetch(`${running.url}/v1/${encodeURIComponent(name)}`, {
      headers: { authorization, 'user-agent': idNo },
    }),
    post('/v1/obligations', JSON.stringify({ kind: 'warning', name, person: { name, idNo: [idNo] } })),
    post('/v1/obligations', `{"name":"${name}`),
    post('/v1/obligations/lookup', JSON.stringify({ idNo })),
    post('/v1/households/twins', JSON.stringify({ office: idNo, person: { name, idNo, phone } })),
    post('/v1/households/twins', JSON.stringify({ person: { name: [name], idNo } })),
    fetch(`${running.url}/v1/households/${idNo}`, { headers: { authorization } }),
    post(`/v1/obligations/${idNo}/reveal`, JSON.stringify({ reason: name })),
    post(`/v1/obligations/${encodeURIComponent(name)}/actions`, JSON.stringify({ action: name })),
  ])
  for (const answer of answers) expect(answer.status).toBeGreaterThanOrEqual(400)
  for (const answer of answers) expect(canariesIn(Buffer.from(await answer.text()))).toEqual([])
}

async function searchHistoriesOfAll() {
  return searchHistories(running.engine.address() ?? '', 'default')
}

async function postgresFiles(): Promise<string> {
  await running.pool.query('checkpoint')
  return (await row<{ data_directory: string }>(running.pool, 'show data_directory'))?.data_directory ?? ''
}

test('no two canaries are the same', () => {
  const all = Array.from({ length: COUNT }, (_, n) => canary(n))
  for (const field of ['name', 'idNo', 'externalId'] as const)
    expect(new Set(all.map((c) => c[field])).size).toBe(COUNT)
  for (const { name, idNo, phone } of all)
    expect([name, idNo, phone].every((text, i) => text.startsWith(Object.values(CANARY)[i] ?? '!'))).toBe(
      true,
    )
})

describe(
  `of ${COUNT} households after a year of reminders, notes and reveals in the clear there is`,
  SLOW,
  () => {
    test('nothing in the log', () => {
      const { found, bytes } = searchTexts([['log', logged.join('')]])
      expect(found).toEqual([])
      expect(bytes).toBeGreaterThan(0)
    })

    test('nothing in the metrics', () => {
      const { found, bytes } = searchTexts([['metrics', metrics]])
      expect(found).toEqual([])
      expect(bytes).toBeGreaterThan(1_000)
      // What the process uses of memory and processor is told beside what the API counts.
      expect(metrics).toMatch(/^process_resident_memory_bytes \d+/m)
      expect(metrics).toMatch(/^duban_http_request_seconds_count\{/m)
    })

    test('nothing in the histories of workflows', async () => {
      const { found, things } = await searchHistoriesOfAll()
      expect(found).toEqual([])
      expect(things).toBeGreaterThan(100)
    })

    test('nothing in the mails', async () => {
      const { found, things } = await searchMails(running.inbox!)
      expect(found).toEqual([])
      expect(things).toBeGreaterThan(100)
    })

    test('nothing in a dump of the database', async () => {
      const { found, bytes } = await searchDump(running.pool)
      expect(found).toEqual([])
      expect(bytes).toBeGreaterThan(COUNT * 500)
    })

    test('nothing in the files of the database and its write-ahead log', async () => {
      const files = await postgresFiles()
      const all = searchFiles(files)
      expect(all.found).toEqual([])
      // Searched with them: enough passed through it.
      expect(bytesBelow(join(files, 'pg_wal'))).toBeGreaterThan(COUNT * 500)
    })

    test('nothing in the data directory: Temporal, mails as they came, logs, keys', () => {
      const { found, things } = searchFiles(dir)
      expect(found).toEqual([])
      expect(things).toBeGreaterThan(100)
    })
  },
)

describe('the search would have found', SLOW, () => {
  test.each(Object.entries(CANARY))('a canary’s %s in every form, wherever it begins', (_what, text) => {
    const around = (before: string) => Buffer.from(`${before}${text}尾`)
    for (const before of ['', 'a', 'ab', 'abc'])
      for (const form of [
        around(before),
        Buffer.from(around(before).toString('hex')),
        Buffer.from(around(before).toString('base64')),
        Buffer.from(around(before).toString('base64url')),
        Buffer.from(encodeURIComponent(around(before).toString())),
        Buffer.from(`${before}${text}`, 'utf16le'),
      ])
        expect(canariesIn(Buffer.concat([Buffer.alloc(3, 0xff), form]))).not.toEqual([])
    expect(formsOf(text).length).toBeGreaterThan(8)
  })

  test('one in the log and the metrics', () => {
    const { name, idNo } = canary(1)
    expect(searchTexts([['log', `${logged.join('')}{"name":"${name}"}\n`]]).found).not.toEqual([])
    expect(searchTexts([['metrics', `${metrics}duban_x{id="${idNo}"} 1\n`]]).found).not.toEqual([])
  })

  test('one in a workflow’s argument', async () => {
    const connection = await Connection.connect({ address: running.engine.address() ?? '' })
    const { workflow } = new Client({ connection })
    const args = [canary(1).name]
    const planted = await workflow.start('planted', { taskQueue: 'nobody', workflowId: 'planted', args })
    await expect.poll(async () => (await searchHistoriesOfAll()).found.join()).toContain('planted')
    await planted.terminate()
    await connection.close()
  })

  test('one in a mail, whose text travels encoded', async () => {
    const transport = createTransport(running.inbox?.smtpUrl)
    const letter = {
      from: 'a@x.test',
      to: 'b@x.test',
      subject: '测试',
      text: canary(1).note,
      textEncoding: 'base64',
    } as const
    await transport.sendMail(letter)
    transport.close()
    expect((await searchMails(running.inbox!)).found).not.toEqual([])
    expect(searchFiles(join(dir, 'inbox')).found.length).toBeGreaterThan(0)
  })

  test('one in a column: in a dump, in the files of the database and in its write-ahead log', async () => {
    await running.pool.query('update campaigns set title = $1', [canary(1).name])
    expect((await searchDump(running.pool)).found.join()).toContain('campaigns')
    const at = await row<{ table: string; log: string }>(
      running.pool,
      `select pg_relation_filepath('campaigns') as table, pg_walfile_name(pg_current_wal_insert_lsn()) as log`,
    )
    const files = await postgresFiles()
    expect(searchFile(join(files, at?.table ?? ''))).not.toEqual([])
    expect(searchFile(join(files, 'pg_wal', at?.log ?? ''))).not.toEqual([])
  })

  test('one in a file, also where it is cut by the pieces that are read, or packed', () => {
    const path = join(dir, 'planted', 'file')
    mkdirSync(dirname(path))
    const piece = 16 * 1024 * 1024
    writeFileSync(path, Buffer.concat([Buffer.alloc(piece - 4), Buffer.from(canary(1).name)]))
    expect(searchFiles(dirname(path)).found).toHaveLength(1)
    writeFileSync(path, Buffer.from([0x1f, 0x8b, 0x08]))
    expect(searchFiles(dirname(path)).found[0]).toContain('packed')
  })
})

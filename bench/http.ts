import autocannon from 'autocannon'
import Fastify from 'fastify'
import pino from 'pino'
import { Registry } from 'prom-client'
import { hashToken, newToken } from '../src/services/access/tokens.ts'
import { buildApp } from '../src/api/app.ts'
import type { ApiDeps } from '../src/api/http/deps.ts'
import { addApiKey, hashKey } from '../src/services/access/api-keys-store.ts'
import { createPool, inTransaction, type Pool, row } from '../src/db/pool.ts'
import { insertRows } from '../src/db/insert-rows.ts'
import { obligations, subjects } from '../src/db/schema/index.ts'
import { columns, selectRows } from '../src/db/select-columns.ts'
import {
  blindIndex,
  type Keyring,
  makeKeyring,
  decryptPerson,
  encryptPerson,
} from '../src/services/vault/encryption.ts'
import { createSession } from '../src/services/access/sessions.ts'
import { createTransport } from '../src/mail/transport.ts'
import { COUNTY, giveWarnings } from './given-warnings.ts'
import { median, numberAfter, report, withParts } from './support.ts'

const PATH = '/v1/obligations?limit=50'
const CONNECTIONS = 16

type Rate = { name: string; perSecond: number[]; p99: number[] }

/**
 * A list of 50 obligations of 20,000, signed in, scoped by row-level security, household names opened and masked, against a
 * bare fastify route with one prepared statement that returns the same bytes. Also without households, and without the
 * policies. What opening the households of a page costs stands apart.
 */
export async function bench(args: string[]): Promise<void> {
  const seconds = numberAfter(args, '--seconds') ?? 8
  const rounds = numberAfter(args, '--rounds') ?? 3
  await withParts({ begin: 'offices' }, async ({ pool, engine, databaseUrl }) => {
    await engine.stop()
    const keys = makeKeyring(Buffer.alloc(32, 5))
    await fill(pool, keys)
    const servers = await startServers(pool, databaseUrl, keys)
    const rates: Rate[] = servers.map(({ name }) => ({ name, perSecond: [], p99: [] }))
    for (let round = 0; round < rounds; round++)
      for (const [i, server] of servers.entries()) {
        const { requests, latency, non2xx } = await autocannon({
          ...{ url: server.url, headers: server.headers, connections: CONNECTIONS },
          ...{ duration: seconds, workers: 1 },
        })
        if (non2xx > 0) throw new Error(`${server.name} answered ${non2xx} times with no success`)
        rates[i]?.perSecond.push(requests.average)
        rates[i]?.p99.push(latency.p99)
      }
    for (const server of servers) await server.close()
    const [floor, ...products] = rates.map((r) => ({ ...r, median: median(r.perSecond) }))
    const ratios = Object.fromEntries(products.map((p) => [p.name, p.median / (floor?.median ?? 1)]))
    const openingMs = openingOf(keys, 50)
    if (rates.some((r) => r.perSecond.some((n) => !(n > 0)))) throw new Error('a server answered nothing')
    report('http', { obligations: 20_000, connections: CONNECTIONS, rates, ratios, openingMs, goal: 0.5 })
  })
}

const PERSON = {
  name: '张测试某',
  idNo: '619999195001012163',
  phone: '19912348219',
  village: '虚构村',
  detail: '大病支出较高',
}

/** Milliseconds to decrypt the households of one page: the median of many. */
function openingOf(keys: Keyring, count: number): number {
  const encrypted = Array.from({ length: count }, (_, n) => encryptPerson(keys, `ob_${n}`, PERSON))
  const once = () => {
    const started = performance.now()
    encrypted.forEach((one, n) => decryptPerson(keys, `ob_${n}`, one, keys.keyId))
    return performance.now() - started
  }
  return median(Array.from({ length: 200 }, once))
}

/** 20,000 warnings over the towns, each with an encrypted household. */
async function fill(pool: Pool, keys: Keyring): Promise<void> {
  const towns = (await pool.query<{ code: string }>(`select code from offices where kind = 'town'`)).rows
  const count = Math.ceil(20_000 / towns.length)
  for (const { code } of towns) await giveWarnings(pool, { office: code, level: 'yellow', count })
  const given = await selectRows(pool, columns(obligations, 'o', ['id']), 'from obligations o')
  const households = given.map(({ id }) => ({ obligation: id, encrypted: encryptPerson(keys, id, PERSON) }))
  await insertRows(pool, subjects, households, {
    constant: { keyId: keys.keyId, idNoIndex: blindIndex(keys, 'idNo', PERSON.idNo) },
  })
  await pool.query('analyze')
}

type Server = { name: string; url: string; headers: Record<string, string>; close(): Promise<unknown> }

async function startServers(owner: Pool, url: string, keys: Keyring): Promise<Server[]> {
  const api = createPool(url, { role: 'duban_api', max: 12 })
  const gate = createPool(url, { role: 'duban_gate', max: 4 })
  const signedIn = { cookie: `__Host-duban=${await sessionOf(owner)}` }
  const masked = await keyOf(owner)
  const product = await serve('product', await productApp({ pool: api, gate, keys }), signedIn)
  const body = await fullPage(product.url, signedIn)
  const floor = await serve('floor', await floorApp(owner, body), {})
  const maskedOnly = { ...product, name: 'no households (a key without personal data)', headers: masked }
  const bare = createPool(url, { max: 12 })
  const name = 'no policies (the owner’s connection)'
  const noPolicy = await serve(name, await productApp({ pool: bare, gate, keys }), signedIn)
  const pools = { ...maskedOnly, close: () => Promise.all([api, gate, bare].map((pool) => pool.end())) }
  return [floor, product, noPolicy, pools]
}

/** The answer that is measured. @throws Error where it is no full page, or has no household to decrypt */
async function fullPage(url: string, headers: Server['headers']): Promise<string> {
  const body = await (await fetch(url, { headers })).text()
  const { items = [] } = JSON.parse(body) as { items?: { subject: object | null }[] }
  if (items.length !== 50 || items.some(({ subject }) => subject === null))
    throw new Error(`no page of fifty households: ${body.slice(0, 200)}`)
  return body
}

async function serve(
  name: string,
  app: Awaited<ReturnType<typeof buildApp>>,
  headers: Server['headers'],
): Promise<Server> {
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { name, url: `${url}${PATH}`, headers, close: () => app.close() }
}

/** One prepared statement, the same bytes, nothing else. */
async function floorApp(pool: Pool, body: string) {
  await pool.query('create table if not exists bench_body (id int primary key, body text)')
  await pool.query('insert into bench_body values (1, $1) on conflict (id) do update set body = $1', [body])
  const app = Fastify()
  app.get('/v1/obligations', async (_request, reply) => {
    const found = await row<{ body: string }>(pool, 'select body from bench_body where id = $1', [1])
    return reply.type('application/json').send(found?.body)
  })
  return app as unknown as Awaited<ReturnType<typeof buildApp>>
}

function productApp(deps: Pick<ApiDeps, 'pool' | 'gate' | 'keys'>) {
  return buildApp({
    ...deps,
    ...{ log: pino({ level: 'silent' }), metrics: new Registry(), wallNow: () => Date.now() },
    ...{
      parts: async () => [],
      gap: () => 0,
      left: () => null,
      inbox: null,
      temporalUi: () => null,
      demo: false,
    },
    ...{
      demoSignIn: false,
      openInbox: false,
      revealLimit: 50,
      attachmentBytes: 10 * 1024 * 1024,
      perMinute: 10_000_000,
      proxy: null,
      https: false,
      web: null,
    },
    secondFactor: { everybody: false, administrators: false, revealing: false },
    breached: () => Promise.resolve(false),
    transport: createTransport('smtp://127.0.0.1:1'),
    letters: {
      dashboardUrl: 'http://127.0.0.1:1',
      from: { name: '督办', address: 'duban@duban.example' },
      ...{ replyTo: 'contact@bureau.ziyang.test', mailDomain: 'duban.example', trial: true },
    },
  })
}

async function sessionOf(pool: Pool): Promise<string> {
  const found = await row<{ person: string }>(
    pool,
    `select person from person_roles where role = 'relief-centre' limit 1`,
  )
  const token = newToken()
  const session = { person: found?.person ?? '', via: 'password' as const, address: null, agent: null }
  await inTransaction(pool, (tx) =>
    createSession(tx, { ...session, secondFactor: false, tokenHash: hashToken(token) }, Date.now()),
  )
  return token
}

async function keyOf(pool: Pool): Promise<Record<string, string>> {
  const token = newToken()
  await addApiKey(pool, {
    ...{ id: 'ak_bench', prefix: 'bench', secretHash: hashKey(token), name: 'bench', office: COUNTY },
    ...{ permissions: ['obligations:read'], personal: false, createdBy: 'bench' },
    ...{ createdWall: Date.now(), expiresWall: null },
  })
  return { authorization: `Bearer ${token}` }
}

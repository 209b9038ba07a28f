import { Writable } from 'node:stream'
import type { FastifyInstance, InjectOptions } from 'fastify'
import pino from 'pino'
import { hashToken, newToken } from '../../src/services/access/tokens.ts'
import { buildApp } from '../../src/api/app.ts'
import type { ApiDeps } from '../../src/api/http/deps.ts'
import { setClock } from '../../src/services/schedule/clock.ts'
import type { Pool } from '../../src/db/pool.ts'
import { createSession } from '../../src/services/access/sessions.ts'
import { addTestKey, personWith, rolePools } from '../support/scoped.ts'
import { makeKeyring } from '../../src/services/vault/encryption.ts'
import { type Day, instantAt } from '../../src/domain/time/days.ts'
import { apiDeps } from '../support/api-deps.ts'
import { TOWN } from '../support/county.ts'
import { createTestDatabase } from '../support/database.ts'

export { COUNTY, TOWN } from '../support/county.ts'

export const TOKEN = 'a-token-for-tests'

export type Answer<T> = { status: number; headers: Record<string, unknown>; body: T; text: string }
export type ProblemBody = {
  type: string
  title: string
  status: number
  detail: string
  requestId: string
  errors?: { pointer: string; message: string }[]
}
export type Json = Record<string, unknown>
export type Page<T> = { items: T[]; nextCursor: string | null }
export type Item = {
  id: string
  externalId: string | null
  title: string
  dueAt: string
  dueOn: string
  version: number
  state: string
  [field: string]: unknown
}

export type Asking = { headers?: Record<string, string>; token?: string | null }

/** The API on a seeded county of its own, on a stepped clock; `log` holds every line it logged. */
export async function buildTestApp(
  at: { day: Day; time?: string } = { day: '2022-06-06' },
  more: Partial<ApiDeps> = {},
) {
  const database = await createTestDatabase('county')
  const { pool } = database
  const pools = rolePools(database)
  const goTo = (day: Day, time = '09:00') =>
    setClock(pool, { mode: 'stepped', businessAt: instantAt(day, time) })
  await goTo(at.day, at.time)
  await addTestKey(pool, TOKEN)
  const { lines, log } = listeningLog()
  const app = await buildApp({
    ...apiDeps(),
    keys: makeKeyring(Buffer.alloc(32, 7)),
    pool: pools.api,
    gate: pools.gate,
    log,
    ...more,
  })
  await app.ready()
  return {
    app,
    pool,
    /** As the workers see it. */
    worker: pools.worker,
    gate: pools.gate,
    log: lines,
    goTo,
    /** Somebody of the sample county signs in; what they ask with. */
    async signedIn(role: string, office: string): Promise<Asking> {
      return sessionOf(pools.gate, await personWith(pool, role, office))
    },
    sessionOf: (person: string) => sessionOf(pools.gate, person),
    ...asking(app),
    async close() {
      await app.close()
      await pools.end()
      await database.drop()
    },
  }
}
export type TestApp = Awaited<ReturnType<typeof buildTestApp>>

async function sessionOf(gate: Pool, person: string): Promise<Asking> {
  const token = newToken()
  const session = { person, via: 'password' as const, address: null, agent: null, secondFactor: false }
  await createSession(gate, { ...session, tokenHash: hashToken(token) }, Date.now())
  return { token: null, headers: { cookie: `__Host-duban=${token}`, 'sec-fetch-site': 'same-origin' } }
}

function listeningLog() {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  return { lines, log: pino({ level: 'debug' }, stream) }
}

export function asking(app: FastifyInstance) {
  async function ask<T>(
    options: InjectOptions,
    { headers = {}, token = TOKEN }: Asking = {},
  ): Promise<Answer<T>> {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
    const answer = await app.inject({
      ...options,
      headers: { ...authorization, ...options.headers, ...headers },
    })
    const json = /json/.test(String(answer.headers['content-type']))
    const body = (json && answer.payload ? answer.json() : null) as T
    return { status: answer.statusCode, headers: answer.headers, body, text: answer.payload }
  }
  return {
    get: <T = Json>(url: string, how?: Asking) => ask<T>({ method: 'GET', url }, how),
    post: <T = Json>(url: string, payload: object, how?: Asking) =>
      ask<T>({ method: 'POST', url, payload }, how),
    upload: <T = Json>(url: string, parts: Parts, how?: Asking) =>
      ask<T>({ method: 'POST', url, ...multipart(parts) }, how),
    ask,
  }
}

export type Parts = { field: string; filename?: string; content: string | Buffer }[]

function multipart(parts: Parts): { payload: Buffer; headers: Record<string, string> } {
  const boundary = 'boundary-of-a-test'
  const pieces = parts.flatMap(({ field, filename, content }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"${filename ? `; filename="${filename}"\r\ncontent-type: text/csv` : ''}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return {
    payload: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

export const HOUSEHOLD = {
  name: '张测试某',
  idNo: '619999195001012163',
  phone: '19912348219',
  village: '虚构村',
  detail: '大病支出较高',
}

/** A household found by oneself (R5), at the business time it is now. */
export async function foundWarning(
  { post }: Pick<TestApp, 'post'>,
  more: { externalId?: string; level?: string; office?: string; issuedOn?: Day; group?: string } = {},
): Promise<Item> {
  const body = {
    kind: 'warning',
    office: TOWN,
    level: 'yellow',
    cause: 'illness',
    person: HOUSEHOLD,
    ...more,
  }
  const { status, body: made, text } = await post<Item>('/v1/obligations', body)
  if (status !== 201) throw new Error(text)
  return made
}

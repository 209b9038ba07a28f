import pino from 'pino'
import { TOTP } from 'otpauth'
import type { AccessDeps, Origin } from '../../../src/services/access/deps.ts'
import { beginTotp, confirmOwnTotp } from '../../../src/services/access/own-account.ts'
import { hashPassword } from '../../../src/services/access/passwords.ts'
import { signIn } from '../../../src/services/access/sign-in.ts'
import { accountByEmail, setPassword } from '../../../src/services/access/credentials.ts'
import { rows } from '../../../src/db/pool.ts'
import { makeKeyring } from '../../../src/services/vault/encryption.ts'
import type { OutgoingMail } from '../../../src/mail/outgoing.ts'
import { apiDeps } from '../../support/api-deps.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rolePools } from '../../support/scoped.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const PASSWORD = '三只白鹅过河去赶集 12'
export const OTHER = '两头黄牛上山去吃草 34'
export const HERE: Origin = { address: '10.0.0.7', agent: 'a browser of a test', requestId: 'rq_1' }

/** The sign-in over a seeded county, with a clock of its own and mails that are caught. */
export async function openHouse() {
  const database = await createTestDatabase('county')
  const { pool } = database
  const pools = rolePools(database)
  const [clock, mails] = [{ now: Date.UTC(2026, 4, 6, 1, 30) }, [] as OutgoingMail[]]
  const deps: AccessDeps = {
    ...apiDeps(),
    gate: pools.gate,
    keys: makeKeyring(Buffer.alloc(32, 7)),
    log: pino({ level: 'silent' }),
    wallNow: () => clock.now,
    transport: {
      send: (mail) => Promise.resolve(mails.push(mail)).then(() => ({ kind: 'accepted', reply: '250 ok' })),
    },
  }
  const hash = await hashPassword(PASSWORD)
  const people = await rows<{ email: string; id: string }>(pool, 'select email, id from people order by id')
  let taken = 0
  return {
    ...{ pool, gate: pools.gate, url: database.url, deps, clock, mails },
    pass: (ms: number) => (clock.now += ms),
    /** One of the sample county whom no test has had before, with the password. */
    async somebody() {
      const { email, id } = people[taken++]!
      await setPassword(pools.gate, id, hash, clock.now)
      return { email, id }
    },
    try: (email: string, password = PASSWORD, more: Partial<Origin & { code: string }> = {}) =>
      signIn(deps, { ...HERE, address: null, ...more, email, password }),
    account: async (email: string) => (await accountByEmail(pools.gate, email))!,
    trail: (actor: string) =>
      rows<{
        action: string
        outcome: string
        detail: object
        address: string | null
        county: string | null
      }>(
        pool,
        'select action, outcome, detail, address, county from audit_events where actor = $1 order by id',
        [actor],
      ),
    async close() {
      await pools.end()
      await database.drop()
    },
  }
}
export type House = Awaited<ReturnType<typeof openHouse>>

/** Sets a second factor up for somebody with the password. @returns what their app shows at an instant */
export async function withTotp({ deps, pass }: House, person: string) {
  const own = { person, sessionId: null, origin: HERE }
  const begun = await beginTotp(deps, own, { password: PASSWORD })
  if (begun === null || 'why' in begun) throw new Error('no second factor')
  const app = new TOTP({ secret: begun.secret })
  const code = () => app.generate({ timestamp: deps.wallNow() })
  if ((await confirmOwnTotp(deps, own, code())) === null) throw new Error('the first code was not taken')
  // That code is used up.
  pass(MINUTE)
  return code
}

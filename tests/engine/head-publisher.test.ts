import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addAuditEvent } from '../../src/services/audit/trail.ts'
import { publishedHeads } from '../../src/services/audit/heads.ts'
import { createPool, inTransaction, type Pool, rows } from '../../src/db/pool.ts'
import { type Publish } from '../../src/engine/head-publisher.ts'
import { readHeads } from '../../src/engine/heads-file.ts'
import { startSealer } from '../../src/engine/sealer.ts'
import { MS_PER_DAY } from '../../src/domain/time/days.ts'
import type { OutgoingMail } from '../../src/mail/outgoing.ts'
import { createTransport, type Fate } from '../../src/mail/transport.ts'
import { startTrialInbox, type TrialInbox } from '../../src/mail/trial-inbox.ts'
import { addEvents, isOver, MASTER, nextTransaction, trailEvent, verify, WALL } from '../support/audit.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const AUDITOR = 'auditor@bureau.ziyang.test'
let database: TestDatabase
let worker: Pool
let dir: string
let headsFile: string
let wall = WALL
const logged: string[] = []
const log = pino(
  { level: 'info' },
  new Writable({ write: (chunk, _, done) => (logged.push(String(chunk)), done()) }),
)
const letters = {
  from: { name: '督办', address: 'duban@duban.example' },
  replyTo: 'contact@duban.example',
  mailDomain: 'duban.example',
  trial: false,
}

beforeEach(async () => {
  database = await createTestDatabase('county')
  // As the service has it: a role that owns nothing.
  worker = createPool(database.url, { role: 'duban_worker' })
  dir = await mkdtemp(join(tmpdir(), 'duban-heads-'))
  headsFile = join(dir, 'audit-heads.log')
  wall = WALL
  logged.length = 0
})
afterEach(async () => {
  await worker.end()
  await database.drop()
  await rm(dir, { recursive: true })
})

function sealer(publish: Publish | null) {
  const running = startSealer({ pool: worker, masterKey: MASTER, log, publish, wallNow: () => wall })
  return {
    ...running,
    async sealNow() {
      await isOver(worker, await nextTransaction(worker))
      await running.sealNow()
    },
  }
}

/** Takes mails as told: one fate after another, the last one for ever. */
function postman(...fates: Fate[]) {
  const mails: OutgoingMail[] = []
  const send = async (mail: OutgoingMail) => {
    mails.push(mail)
    return (fates.length > 1 ? fates.shift() : fates[0]) ?? { kind: 'accepted' as const, reply: '250 OK' }
  }
  return { mails, publish: { transport: { send }, letters, headsFile } }
}

test('the head of the day goes to log, file, database and every auditor, once', async () => {
  const { mails, publish } = postman()
  await addEvents(worker, 3)
  const running = sealer(publish)
  await running.sealNow()
  await running.sealNow()
  await addEvents(worker, 1)
  await running.sealNow()
  await running.stop()
  const [head, ...more] = await publishedHeads(worker)
  expect([head?.stream, head?.number, more]).toEqual(['audit', 1, []])
  expect(await readHeads(headsFile)).toEqual([head])
  const lines = logged.map((l) => JSON.parse(l) as Record<string, unknown>).filter((l) => l.mac)
  expect(lines).toMatchObject([{ level: 30, stream: 'audit', number: 1, mac: head!.mac.toString('hex') }])
  expect(mails.map((m) => m.to)).toEqual([AUDITOR])
  for (const part of [mails[0]!.text, mails[0]!.html])
    expect(part).toContain(`audit verify --head audit:1:${head!.mac.toString('hex')}`)
})

test('and the next day again, if anything came to it', async () => {
  const { mails, publish } = postman()
  const running = sealer(publish)
  await addEvents(worker, 1)
  await running.sealNow()
  wall += MS_PER_DAY
  await running.sealNow()
  await addEvents(worker, 1)
  await running.sealNow()
  await running.stop()
  expect(mails.map((m) => m.subject)).toEqual(['【督办】审计封存 2026-05-06', '【督办】审计封存 2026-05-07'])
  expect((await readHeads(headsFile)).map((h) => h.number)).toEqual([1, 2])
})

test('a real server takes the mail', async () => {
  const inbox: TrialInbox = await startTrialInbox({ dir: join(dir, 'inbox') })
  const transport = createTransport(inbox.smtpUrl)
  await addEvents(worker, 1)
  const running = sealer({ transport, letters: { ...letters, trial: true }, headsFile })
  await running.sealNow()
  await running.stop()
  await transport.close()
  const [mail] = await inbox.list()
  const read = await inbox.get(mail!.id)
  await inbox.close()
  expect(read?.text).toContain('试用模式')
  expect(read?.text).toContain('操作记录')
})

test('an auditor who was disabled, or whose time is over, gets none', async () => {
  await database.pool.query(
    `insert into people (id, name, email, disabled_wall, active) values
       ('pe_gone', '某甲', 'gone@duban.test', now(), false), ('pe_past', '某乙', 'past@duban.test', null, true);
     insert into person_roles (person, office, role, valid_until) values
       ('pe_gone', 'sn.ak.zy', 'auditor', null), ('pe_past', 'sn.ak.zy', 'auditor', '2026-05-05')`,
  )
  const { mails, publish } = postman()
  await addEvents(worker, 1)
  const running = sealer(publish)
  await running.sealNow()
  await running.stop()
  expect(mails.map((m) => m.to)).toEqual([AUDITOR])
})

test('a mail that is not taken yet is tried again later, the same one', async () => {
  const { mails, publish } = postman(
    { kind: 'retry', reply: '451', reason: 'deferred' },
    { kind: 'accepted', reply: '250' },
  )
  await addEvents(worker, 1)
  const running = sealer(publish)
  await running.sealNow()
  await running.sealNow()
  expect(mails).toHaveLength(1)
  wall += 6 * 60_000
  await running.sealNow()
  wall += 6 * 60_000
  await running.sealNow()
  await running.stop()
  expect(mails.map((m) => m.messageId)).toEqual([mails[0]!.messageId, mails[0]!.messageId])
})

test('two processes publish once', async () => {
  const one = postman()
  const two = postman()
  await addEvents(worker, 1)
  const running = [sealer(one.publish), sealer(two.publish)]
  await Promise.all(running.flatMap((s) => [s.sealNow(), s.sealNow()]))
  // Who meets the other at the lock seals nothing in that pass, and so may both: one more pass has nobody beside it.
  await Promise.all(running.map((s) => s.stop()))
  const last = sealer(one.publish)
  await last.sealNow()
  await last.stop()
  expect(one.mails.length + two.mails.length).toBe(1)
  expect(await verify(worker, 'audit')).toEqual([])
})

test('switched off, heads are made known to nobody, and sealing goes on', async () => {
  await addEvents(worker, 2)
  const running = sealer(null)
  await running.sealNow()
  await running.stop()
  expect(await publishedHeads(worker)).toEqual([])
  expect(await rows(worker, 'select number, count from audit_blocks')).toEqual([{ number: 1, count: 2 }])
})

test('a newest block that does not fit is said, never made known, and sealed upon', async () => {
  const { publish } = postman()
  // One block: the sealer makes its first pass as it starts.
  await inTransaction(worker, (tx) => addEvents(tx, 2))
  const running = sealer(null)
  await running.sealNow()
  await running.stop()
  await database.pool.query('update audit_blocks set count = 7')
  await addEvents(worker, 1)
  const again = sealer(publish)
  await again.sealNow()
  await again.stop()
  expect(logged.join('')).toContain('the newest seal does not fit')
  expect(await verify(worker, 'audit')).toMatchObject([{ kind: 'block-edited', block: 1 }])
  expect((await readHeads(headsFile)).map((h) => h.number)).toEqual([2])
})

test('a transaction that does not end while events wait behind it is said once', async () => {
  const client = await worker.connect()
  await client.query('begin')
  await client.query('select pg_current_xact_id()')
  await addEvents(worker, 1)
  const running = startSealer({ pool: worker, masterKey: MASTER, log, publish: null, wallNow: () => wall })
  // Those of tests beside this one may be the oldest for a moment.
  const said = () => logged.filter((line) => line.includes('does not end')).length
  await expect
    .poll(async () => {
      await running.sealNow()
      wall += 4 * 60_000
      return said()
    })
    .toBe(1)
  await running.sealNow()
  expect([said(), await rows(worker, 'select from audit_blocks')]).toEqual([1, []])
  await client.query('commit')
  client.release()
  await isOver(worker, await nextTransaction(worker))
  await running.sealNow()
  await running.stop()
  expect(await rows(worker, 'select count from audit_blocks')).toEqual([{ count: 1 }])
})

test('what fails in a pass is the caller’s to hear; the loop goes on', async () => {
  const running = sealer({ transport: null, letters, headsFile: join(dir, 'no', 'such', 'folder') })
  await addAuditEvent(worker, trailEvent())
  await expect(running.sealNow()).rejects.toMatchObject({ code: 'ENOENT' })
  // What was not written is not taken for made known.
  expect(await publishedHeads(worker)).toEqual([])
  await running.stop()
})

test('lines of the file that are no heads are passed over', async () => {
  const mac = 'ab'.repeat(32)
  await writeFile(
    headsFile,
    `2026-05-06T01:30:00.000Z audit 1 ${mac}\nhalf a li\n\n2026-05-07T01:30:00.000Z history 2 ${mac.slice(2)}\n`,
  )
  expect(await readHeads(headsFile)).toEqual([{ stream: 'audit', number: 1, mac: Buffer.from(mac, 'hex') }])
  expect(await readHeads(join(dir, 'none'))).toEqual([])
  expect(await readFile(headsFile, 'utf8')).toContain('half')
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/db/ids.ts'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import type { Fate } from '../../../src/mail/classify.ts'
import { holdMails } from '../../../src/services/notifications/mail-holds.ts'
import { addRound } from '../../../src/services/notifications/outbox.ts'
import { addTestKey, personWith } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const NOW = instantAt('2022-06-06', '09:00')
let api: TestApp
let admin: Asking
let officer: string
let fate: Fate = { kind: 'accepted', reply: '250 ok' }
const sent: string[] = []
let whenSent: () => Promise<void> = () => Promise.resolve()

beforeAll(async () => {
  const transport = {
    send: async ({ to }: { to: string }) => {
      sent.push(to)
      await whenSent()
      return fate
    },
  }
  api = await buildTestApp(undefined, { transport })
  admin = await api.signedIn('administrator', COUNTY)
  officer = await personWith(api.pool, 'town-officer', TOWN)
})
beforeEach(() => api.pool.query('truncate mail_holds, mail_orders, pokes'))
afterAll(() => api.close())

/** A mail in the outbox. @returns its Message-ID */
async function givenMail(state = 'accepted'): Promise<string> {
  const id = newId('ml')
  const messageId = `<${id}@duban.example>`
  const mail = { id, messageId, person: officer, toAddress: 'officer@maoba.ziyang.test', threadId: messageId }
  await addRound(
    api.pool,
    { county: COUNTY, at: NOW, urgent: false, archived: false },
    [{ ...mail, subject: 's', text: 't', html: 'h', headers: {}, lateCount: null }],
    { now: NOW, wallNow: 0 },
  )
  await api.pool.query('update mails set state = $2 where id = $1', [id, state])
  return messageId
}
const orders = () =>
  rows<Json>(api.pool, 'select county, kind, message_id as "messageId", reply from mail_orders')

describe('a bounce', () => {
  it('is taken for a mail that the server had, by its Message-ID with or without brackets', async () => {
    const messageId = await givenMail()
    const body = { messageId: messageId.slice(1, -1), status: '5.1.1', text: 'user unknown' }
    const answer = await api.post('/v1/mails/bounces', body)
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'taken' } })
    expect(await orders()).toEqual([
      { county: COUNTY, kind: 'bounce', messageId, reply: '5.1.1 user unknown' },
    ])
    expect(await rows(api.pool, 'select kind, subject from pokes')).toEqual([
      { kind: 'courier', subject: COUNTY },
    ])
  })

  it.each([
    ['failed', { status: '5.1.1' }, 'ignored'],
    ['queued', { status: '5.1.1' }, 'ignored'],
    ['accepted', { status: '4.4.1' }, 'delayed'],
    ['accepted', { status: '2.0.0' }, 'arrived'],
  ])('of a mail that is %s with %j is %s', async (state, more, outcome) => {
    const { body } = await api.post('/v1/mails/bounces', { messageId: await givenMail(state), ...more })
    expect(body).toMatchObject({ outcome })
    expect(await orders()).toEqual([])
  })

  it.each(['attempts = 1', 'maybe_delivered = true'])(
    'of a mail that waits again, its %s, is taken',
    async (tried) => {
      const messageId = await givenMail('queued')
      await api.pool.query(`update mails set ${tried} where message_id = $1`, [messageId])
      const { body } = await api.post('/v1/mails/bounces', { messageId })
      expect(body).toMatchObject({ outcome: 'taken' })
    },
  )

  it('is read from what the relay sends, and refused when it is none', async () => {
    const messageId = await givenMail()
    const raw = `Subject: x\r\n\r\nAction: failed\r\nStatus: 5.2.1\r\nDiagnostic-Code: smtp; gone\r\n\r\nMessage-ID: ${messageId}\r\n`
    expect((await api.post('/v1/mails/bounces', { raw })).body).toMatchObject({ outcome: 'taken' })
    expect(await orders()).toMatchObject([{ reply: '5.2.1 smtp; gone' }])
    const none = await api.post<ProblemBody>('/v1/mails/bounces', { raw: 'Subject: 休假\r\n\r\n我在休假。' })
    expect(none.status).toBe(422)
    expect(none.body.type).toContain('bad-bounce')
    expect((await api.post('/v1/mails/bounces', {})).status).toBe(422)
  })

  it('of nobody we know is not found, and a key without the right reports none', async () => {
    expect((await api.post('/v1/mails/bounces', { messageId: '<x@y.example>' })).status).toBe(404)
    await addTestKey(api.pool, 'reads-only', { permissions: ['mails:read'] })
    const how = { token: 'reads-only' }
    expect((await api.post('/v1/mails/bounces', { messageId: '<x@y.example>' }, how)).status).toBe(403)
  })

  it('is reported by a key that sees no obligation, of its own county only', async () => {
    const messageId = await givenMail()
    await addTestKey(api.pool, 'a-relay', { office: COUNTY, permissions: ['mails:manage'], personal: false })
    const { body } = await api.post('/v1/mails/bounces', { messageId }, { token: 'a-relay' })
    expect(body).toMatchObject({ outcome: 'taken' })
  })
})

describe('mail that is held', () => {
  const reply = '550 5.7.1 <officer@maoba.ziyang.test>: relaying denied'
  beforeEach(async () => {
    await givenMail('queued')
    const hold = { county: COUNTY, reason: 'refused', reply, sinceWall: 0, untilWall: 0 } as const
    await inTransaction(api.pool, (tx) => holdMails(tx, hold, [], { now: NOW, wallNow: 0 }))
  })

  it('is named by /readyz, which stays ready and names nobody', async () => {
    const { status, body, text } = await api.get('/readyz')
    expect(status).toBe(200)
    expect(body.parts).toContainEqual({
      name: 'mail-queue',
      mode: 'embedded',
      state: 'degraded',
      detail: expect.stringMatching(/1 个县的 \d+ 封邮件暂停发出/),
    })
    expect(text).not.toContain('@')
  })

  it('is named and counted as well where the server cannot be reached', async () => {
    await api.pool.query(`update mail_holds set reason = 'unreachable', reply = 'connect ECONNREFUSED'`)
    expect((await api.get('/readyz')).text).toContain('邮件服务器连不上')
    expect((await api.get('/metrics')).text).toMatch(/duban_mail_held\{reason="unreachable"\} [1-9]/)
    expect((await api.get('/v1/standing-check', admin)).text).toContain('connect ECONNREFUSED')
  })

  it('is counted by a metric', async () => {
    const { text } = await api.get('/metrics')
    expect(text).toMatch(/duban_mail_held\{reason="refused"\} [1-9]/)
    expect(text).toContain('duban_mail_holds 1')
  })

  it('is told to the administrator with the reply and the right to try again, and to others without', async () => {
    const holds = async (how: Asking) =>
      (await api.get<{ holds: Json[] }>('/v1/standing-check', how)).body.holds
    expect(await holds(admin)).toMatchObject([{ county: COUNTY, reply, mayRetry: true }])
    const others = await holds(await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`))
    expect(others).toMatchObject([{ county: COUNTY, reply: null, mayRetry: false }])
    expect(JSON.stringify(others)).not.toContain('relaying denied')
  })

  it('is tried again when an administrator says so, in office hours', async () => {
    const { status, body } = await api.post('/v1/mails/retry', {}, admin)
    expect(status).toBe(200)
    expect(body).toEqual({ county: COUNTY, leavesAt: new Date(NOW).toISOString() })
    expect(await orders()).toMatchObject([{ kind: 'retry', county: COUNTY }])
  })

  it('that is tried again is in the trail', async () => {
    const { status } = await api.post('/v1/mails/retry', { county: COUNTY }, admin)
    expect(status).toBe(200)
    const trail = await rows(
      api.pool,
      `select action, county from audit_events where action like '%retry%' order by id`,
    )
    expect(trail.at(-1)).toEqual({ action: 'mail.retry', county: COUNTY })
  })
})

describe('one mail that did not arrive', () => {
  const resend = async (state: string, how: Asking) => {
    const messageId = await givenMail(state)
    const id = messageId.slice(1, messageId.indexOf('@'))
    return { id, messageId, ...(await api.post<ProblemBody>(`/v1/mails/${id}/resend`, {}, how)) }
  }

  it('is sent anew when the centre says so, in office hours, with an entry in the trail', async () => {
    const centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
    const { id, messageId, status, body } = await resend('failed', centre)
    expect([status, body]).toEqual([200, { leavesAt: new Date(NOW).toISOString() }])
    expect(await orders()).toEqual([{ county: COUNTY, kind: 'resend', messageId, reply: null }])
    const trail = 'select action, county from audit_events where subject = $1'
    expect(await rows(api.pool, trail, [id])).toEqual([{ action: 'mail.resend', county: COUNTY }])
  })

  it.each(['accepted', 'queued', 'superseded', 'archived'])(
    'is refused with the reason while %s',
    async (state) => {
      const centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
      const { status, body } = await resend(state, centre)
      expect(status).toBe(409)
      expect(body.detail).toMatch(/不用再发|新的一封|只存档/)
      expect(await orders()).toEqual([])
    },
  )

  it('is refused when the account of its reader is disabled', async () => {
    const centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
    const setActive = (active: boolean) =>
      api.pool.query('update people set active = $2 where id = $1', [officer, active])
    await setActive(false)
    const { status, body } = await resend('failed', centre)
    await setActive(true)
    expect([status, body.detail]).toEqual([409, '收件人的账号已停用,没有重发。'])
    expect(await orders()).toEqual([])
  })

  it('is not sent by whoever only reads mails', async () => {
    expect((await resend('failed', await api.signedIn('town-officer', TOWN))).status).toBe(403)
  })
})

describe('a test mail', () => {
  it.each<[Fate, string]>([
    [{ kind: 'accepted', reply: '250 ok' }, 'accepted'],
    [{ kind: 'failed', reply: '550 user unknown' }, 'failed'],
    [{ kind: 'halt', reason: 'login', reply: '535 no' }, 'held'],
  ])('tells at once what the server said: %j', async (answer, expected) => {
    fate = answer
    const { status, body } = await api.post(`/v1/people/${officer}/test-mail`, {}, admin)
    expect(status).toBe(200)
    expect(body).toMatchObject({ fate: expected, reply: answer.reply, to: sent.at(-1) })
  })

  const trail = () =>
    rows<Json>(
      api.pool,
      'select action, county, detail from audit_events where subject = $1 order by id desc limit 2',
      [officer],
    )
  const entry = { action: 'user.test-mail', county: COUNTY }

  it('is in the trail before it leaves, and then with its fate', async () => {
    expect(await trail()).toEqual([
      { ...entry, detail: { fate: 'held' } },
      { ...entry, detail: {} },
    ])
    let before: Json[] = []
    whenSent = async () => void (before = await trail())
    await api.post(`/v1/people/${officer}/test-mail`, {}, admin)
    whenSent = () => Promise.resolve()
    expect(before[0]).toEqual({ ...entry, detail: {} })
  })
})

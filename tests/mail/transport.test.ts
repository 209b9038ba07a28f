import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTransport, type MailTransport } from '../../src/mail/transport.ts'
import { type Fault, startTrialInbox, type TrialInbox } from '../../src/mail/trial-inbox.ts'
import { sampleMail } from './sample.ts'

let dir: string
let inbox: TrialInbox
let transport: MailTransport
let fault: Fault | null

beforeEach(async () => {
  fault = null
  dir = await mkdtemp(join(tmpdir(), 'duban-inbox-'))
  inbox = await startTrialInbox({
    dir,
    faults: ({ to }) => (to[0]?.startsWith('lost') ? { kind: 'drop-after-dot' } : fault),
  })
  transport = createTransport(inbox.smtpUrl)
})

afterEach(async () => {
  await transport.close()
  await inbox.close()
  await rm(dir, { recursive: true })
})

it('a mail is delivered with its Message-ID, headers and thread, and the reply is kept', async () => {
  expect(await transport.send(sampleMail())).toEqual({
    kind: 'accepted',
    reply: expect.stringMatching(/^250 /),
  })
  const [entry] = await inbox.list()
  expect(entry).toMatchObject({
    to: 'officer@town.example',
    messageId: '<m-1@duban.example>',
    subject: '【提醒】今日到期 2 件',
    round: '2022-06-09T00:30:00.000Z',
  })
  const mail = await inbox.get(entry?.id ?? '')
  expect(mail).toMatchObject({
    text: expect.stringContaining('正文'),
    html: expect.stringContaining('<p>正文</p>'),
  })
  expect(mail?.headers).toContain('Auto-Submitted: auto-generated')
  expect(mail?.headers).toContain('References: <thread-1@duban.example>')
  expect(mail?.headers).toContain('Reply-To: centre@county.example')
})

it.each<[Fault, object]>([
  [{ kind: 'refuse' }, { kind: 'failed', reply: '550 Mailbox not found' }],
  [
    { kind: 'refuse', reply: 'Domain frequency limited' },
    { kind: 'retry', reason: 'rate-limited' },
  ],
  [{ kind: 'greylist' }, { kind: 'retry', reason: 'deferred' }],
  [{ kind: 'slow', ms: 100 }, { kind: 'accepted' }],
])('%j', async (planted, fate) => {
  fault = planted
  expect(await transport.send(sampleMail())).toMatchObject(fate)
  fault = null
  expect(await transport.send(sampleMail())).toMatchObject({ kind: 'accepted' })
})

it('a mail whose connection broke in the middle is retried', async () => {
  fault = { kind: 'drop-mid-data' }
  const long = sampleMail({ text: '长'.repeat(2_000_000) })
  expect(await transport.send(long)).toMatchObject({ kind: 'retry', reason: 'connection' })
  expect(inbox.count()).toBe(0)
})

describe('a connection that breaks after the final dot', () => {
  it('leaves the fate unknown, and the second attempt has the same Message-ID', async () => {
    fault = { kind: 'drop-after-dot' }
    expect(await transport.send(sampleMail())).toMatchObject({ kind: 'unknown' })
    fault = null
    expect(await transport.send(sampleMail())).toMatchObject({ kind: 'accepted' })
    expect((await inbox.list()).map((m) => m.messageId)).toEqual([
      '<m-1@duban.example>',
      '<m-1@duban.example>',
    ])
  })

  it('is treated like an answer that takes too long', async () => {
    fault = { kind: 'slow', ms: 1_500 }
    const hasty = createTransport(inbox.smtpUrl, { timeouts: { silence: 2_000, whole: 1_000 } })
    expect(await hasty.send(sampleMail())).toMatchObject({ kind: 'unknown' })
    await hasty.close()
  })

  it('does not affect other mails', async () => {
    const fates = await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        const to = i % 10 === 0 ? 'lost@town.example' : 'officer@town.example'
        return transport.send(sampleMail({ to, messageId: `<n-${i}@duban.example>` }))
      }),
    )
    const unknown = fates.flatMap((fate, i) => (fate.kind === 'unknown' ? [i] : []))
    expect(unknown).toEqual([0, 10, 20, 30])
    expect(fates.filter((fate) => fate.kind === 'accepted')).toHaveLength(36)
  })
})

describe('a server that', () => {
  let server: Server

  async function speaking(talk: (line: string) => string | null): Promise<MailTransport> {
    server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('220 here\r\n')
      socket.on('data', (data) => {
        for (const line of data.toString().split('\r\n').filter(Boolean)) {
          const answer = talk(line)
          if (answer === null) return socket.destroy()
          socket.write(`${answer}\r\n`)
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return createTransport(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`)
  }

  const fateAt = async (talk: (line: string) => string | null) => {
    const broken = await speaking(talk)
    const fate = await broken.send(sampleMail())
    await broken.close()
    await new Promise((resolve) => server.close(resolve))
    return fate
  }

  it('vanishes at DATA, before it asked for the message, has not got it', async () => {
    const fate = await fateAt((line) => (line === 'DATA' ? null : '250 ok'))
    expect(fate).toMatchObject({ kind: 'retry', reason: 'connection' })
  })

  it('vanishes at the greeting has not got it', async () => {
    expect(await fateAt(() => null)).toMatchObject({ kind: 'retry', reason: 'connection' })
  })

  it('refuses our sender stops the queue', async () => {
    const fate = await fateAt((line) =>
      line.startsWith('MAIL') ? '553 must equal authorized user' : '250 ok',
    )
    expect(fate).toMatchObject({ kind: 'halt' })
  })
})

it('does not listen is tried again', async () => {
  const nobody = createTransport('smtp://127.0.0.1:1')
  expect(await nobody.send(sampleMail())).toMatchObject({ kind: 'retry', reason: 'connection' })
  await nobody.close()
})

it('refuses the login stops the queue', async () => {
  const withLogin = createTransport(inbox.smtpUrl.replace('//', '//user:wrong@'))
  expect(await withLogin.send(sampleMail())).toMatchObject({ kind: 'accepted' })
  await withLogin.close()
  fault = { kind: 'auth-fail' }
  const refused = createTransport(inbox.smtpUrl.replace('//', '//user:wrong@'))
  expect(await refused.send(sampleMail())).toMatchObject({
    kind: 'halt',
    reply: expect.stringContaining('535'),
  })
  await refused.close()
})

it('no second recipient or header reaches the server', async () => {
  for (const to of ['a@b.cn,c@d.cn', 'a@b.cn\r\nRCPT TO:<c@d.cn>', '甲 <a@b.cn>'])
    expect(await transport.send(sampleMail({ to }))).toMatchObject({ kind: 'failed' })
  expect(await transport.send(sampleMail({ headers: { 'X-A': 'b\r\nBcc: c@d.cn' } }))).toMatchObject({
    kind: 'failed',
  })
  expect(await transport.send(sampleMail({ replyTo: 'a@b.cn, c@d.cn' }))).toMatchObject({ kind: 'halt' })
  expect(inbox.count()).toBe(0)
})

it('closing finishes the deliveries under way', async () => {
  fault = { kind: 'slow', ms: 200 }
  const sending = transport.send(sampleMail())
  await new Promise((resolve) => setTimeout(resolve, 100))
  await transport.close()
  expect(await sending).toMatchObject({ kind: 'accepted' })
  expect(await transport.send(sampleMail())).toMatchObject({ kind: 'retry' })
})

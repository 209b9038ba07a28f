import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { composeAddressChanged } from '../../../src/mail/address-changed.ts'
import { composeSecretLink } from '../../../src/mail/secret-link.ts'
import { composeDigest } from '../../../src/mail/digest.ts'
import type { OutgoingMail } from '../../../src/mail/outgoing.ts'
import { createTransport, type MailTransport } from '../../../src/mail/transport.ts'
import { type ArrivedMail, startTrialInbox, type TrialInbox } from '../../../src/mail/trial-inbox.ts'
import { digest, entry, sampleMail } from '../../mail/sample.ts'

// Everything goes through our transport to a real SMTP server, which tells whom it was told to deliver to.

const HERE = 'officer@town.example'
const THERE = 'thief@elsewhere.example'

let dir: string
let inbox: TrialInbox
let transport: MailTransport
let arrived: ArrivedMail[]
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duban-corpus-'))
  inbox = await startTrialInbox({ dir })
  inbox.onMail((mail) => arrived.push(mail))
  transport = createTransport(inbox.smtpUrl)
})
beforeEach(() => {
  arrived = []
})
afterAll(async () => {
  await transport.close()
  await inbox.close()
  await rm(dir, { recursive: true })
})

/** Ways to end a header line early, and to begin one of one's own. */
const BREAKS = [
  '\r\n',
  '\n',
  '\r',
  '\n\n',
  '\r\n\r\n',
  '\u0085',
  '\u2028',
  '\u2029',
  '\v',
  '\f',
  '\0',
  '\r\n ',
  '\n\t',
  '\u000e\r\n',
]
const INJECTED = [
  `Bcc: ${THERE}`,
  `Cc: ${THERE}`,
  `To: ${THERE}`,
  'X-Planted: yes',
  'Content-Type: text/html',
  'MIME-Version: 2.0',
  `Reply-To: ${THERE}`,
  '.\r\nMAIL FROM:<x@x.example>\r\nRCPT TO:<' + THERE + '>\r\nDATA',
]
const HEADER_TEXTS = BREAKS.flatMap((line) => INJECTED.map((header) => `无害${line}${header}`)).concat(
  `=?utf-8?Q?a=0D=0ABcc:_${THERE}?=`,
  `=?utf-8?B?${Buffer.from(`a\r\nBcc: ${THERE}`).toString('base64')}?=`,
  `a%0d%0aBcc:%20${THERE}`,
  `a\\r\\nBcc: ${THERE}`,
  `"a" <${THERE}>, b`,
  `${'x'.repeat(2000)} Bcc: ${THERE}`,
)

const RECIPIENTS = [
  ...BREAKS.flatMap((line) => [
    `${HERE}${line}${THERE}`,
    `${HERE}${line}Bcc: ${THERE}`,
    `${line}${HERE}`,
    `${HERE}${line}`,
  ]),
  ...[',', ', ', ';', '; ', ' ', '\t', '%', '!', ':', '|'].map((gap) => `${HERE}${gap}${THERE}`),
  ...[
    `<${HERE}>,<${THERE}>`,
    `${HERE}> RCPT TO:<${THERE}`,
    `${HERE}>\r\nRCPT TO:<${THERE}`,
    `"${HERE}" <${THERE}>`,
  ],
  ...[
    `group:${HERE},${THERE};`,
    `@relay.example:${THERE}`,
    `${THERE}(${HERE})`,
    `(${THERE})${HERE}`,
    `${HERE}\u00a0${THERE}`,
  ],
  ...[
    `=?utf-8?Q?a?= <${THERE}>`,
    `officer@town.example@elsewhere.example`,
    `"officer@town.example"@elsewhere.example`,
  ],
  ...[
    `officer@[127.0.0.1]`,
    `officer@town.example\u200b`,
    `officer\u202e@town.example`,
    `officer@tоwn.example`,
    'officer@town.example.',
    '@town.example',
    'officer',
    '',
    ' ',
  ],
  ...[
    `officer@town.example NOTIFY=SUCCESS`,
    `officer@town.example> SIZE=1`,
    `officer@xn--`,
    `-oQ/tmp@town.example`,
    `|sh@town.example`,
    `../../etc@town.example`,
  ],
]

const EXPECTED_HEADERS =
  /^(from|to|reply-to|subject|message-id|references|x-duban-round|auto-submitted|date|mime-version|content-type|content-transfer-encoding|return-path|delivered-to|x-received-at):/i

/** What may arrive: one recipient, ours, and no header but ours. */
function nothingGotThrough(mail: ArrivedMail): void {
  expect(mail.to).toEqual([HERE])
  const [head = ''] = mail.raw.toString('latin1').split('\r\n\r\n')
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ').split(/\r\n|\n|\r/)
  for (const line of unfolded) expect(line).toMatch(EXPECTED_HEADERS)
  for (const name of ['to', 'from', 'subject', 'message-id', 'reply-to'])
    expect(unfolded.filter((line) => line.toLowerCase().startsWith(`${name}:`))).toHaveLength(1)
  expect(unfolded.filter((line) => /^(to|cc|bcc|reply-to):/i.test(line)).join()).not.toContain(THERE)
}

const places: [string, (text: string) => Partial<OutgoingMail>][] = [
  ['subject', (text) => ({ subject: text })],
  ['name of the sender', (text) => ({ from: { name: text, address: 'duban@county.example' } })],
  [
    'value of a header',
    (text) => ({ headers: { 'X-Duban-Round': text, 'Auto-Submitted': 'auto-generated' } }),
  ],
  ['name of a header', (text) => ({ headers: { [text]: 'x' } })],
  ['Message-ID', (text) => ({ messageId: `<${text}@duban.example>` })],
  ['reference', (text) => ({ references: [`<${text}@duban.example>`] })],
  ['reply address', (text) => ({ replyTo: text })],
  ['sender address', (text) => ({ from: { name: '督办', address: text } })],
]

/** Without this, a place where nothing can be sent would pass as one where nothing is injected. */
it.each(places)('a mail with a harmless %s leaves', async (place, planted) => {
  const harmless = place.endsWith('address') ? 'contact@town.example' : 'X-Harmless'
  expect(await transport.send(sampleMail(planted(harmless)))).toMatchObject({ kind: 'accepted' })
  expect(arrived).toHaveLength(1)
})

it.each(places)('0 headers are injected by the %s', async (_place, planted) => {
  const fates = await Promise.all(HEADER_TEXTS.map((text) => transport.send(sampleMail(planted(text)))))
  expect(fates.filter((f) => !['accepted', 'failed', 'halt'].includes(f.kind))).toEqual([])
  expect(arrived).toHaveLength(fates.filter((f) => f.kind === 'accepted').length)
  arrived.forEach(nothingGotThrough)
})

it('0 recipients are injected, and nothing is sent to what is not exactly one mailbox', async () => {
  const fates = await Promise.all(RECIPIENTS.map((to) => transport.send(sampleMail({ to }))))
  expect(arrived.flatMap((m) => m.to).filter((to) => to.includes('elsewhere'))).toEqual([])
  expect(arrived.length).toBe(fates.filter((f) => f.kind === 'accepted').length)
  // Odd, but each is one mailbox of the domain it names; the rest never reached the server.
  expect(RECIPIENTS.filter((_to, i) => fates[i]?.kind === 'accepted')).toEqual([
    '-oQ/tmp@town.example',
    '|sh@town.example',
  ])
})

it('names of people and offices stay text in our mails', async () => {
  for (const text of [
    ...HEADER_TEXTS,
    '<img src=x onerror=alert(1)>',
    '{{constructor}}',
    '</td><script>alert(1)</script>',
    '[点我](http://elsewhere.example)',
  ]) {
    const letters = [
      composeAddressChanged({ name: text, contact: text, trial: false }),
      composeSecretLink({
        name: text,
        bureau: text,
        account: text,
        purpose: 'reset',
        link: 'https://duban.example/app/set-password#token=x',
        until: 0,
        contact: text,
        trial: false,
      }),
      composeDigest(
        digest({
          recipient: { name: text, roles: ['town-officer'], officeName: text, standsInFor: [] },
          county: text,
          sections: [entry({ officeName: text, why: text })],
        }),
      ),
    ]
    for (const letter of letters) {
      expect(letter.html).not.toMatch(/<script|<img[^>]*onerror/i)
      expect((await transport.send(sampleMail(letter))).kind).toBe('accepted')
    }
  }
  arrived.forEach(nothingGotThrough)
})

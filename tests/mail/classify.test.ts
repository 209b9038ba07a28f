import { expect, it } from 'vitest'
import { classify, type SmtpError } from '../../src/mail/classify.ts'

const answered = (
  responseCode: number,
  response: string,
  command = 'RCPT TO',
  code = 'EENVELOPE',
): SmtpError => Object.assign(new Error('x'), { responseCode, response, command, code })
const silent = (code: string): SmtpError => Object.assign(new Error('gone'), { code })

it.each<[string, SmtpError, string]>([
  ['an unknown mailbox is final', answered(550, '550 Mailbox not found'), 'failed'],
  ['a full mailbox is final', answered(552, '552 5.2.2 Mailbox full, quota exceeded'), 'failed'],
  ['refused content is final', answered(554, '554 DT:SPM spam', 'DATA', 'EMESSAGE'), 'failed'],
  ['greylisting passes', answered(451, '451 4.7.1 Greylisted'), 'deferred'],
  ['a 4xx after the dot passes', answered(452, '452 disk full', 'DATA', 'EMESSAGE'), 'deferred'],
  ['QQ: 550 by frequency passes', answered(550, '550 Sender frequency limited'), 'rate-limited'],
  [
    'QQ: 550 by domain passes',
    answered(550, '550 Domain frequency limited [x]. http://service.mail.example'),
    'rate-limited',
  ],
  [
    'QQ: too many for one mailbox passes',
    answered(550, '550 Mailbox unavailable or access denied'),
    'rate-limited',
  ],
  [
    'NetEase: too many a day passes',
    answered(554, '554 MI:STC 发件人当天内累计邮件数量超过限制', 'DATA'),
    'rate-limited',
  ],
  ['a relay whose quota is spent passes', answered(550, '550 sending quota exceeded'), 'rate-limited'],
  ['a refused login halts', answered(535, '535 Error: authentication failed', 'AUTH PLAIN', 'EAUTH'), 'halt'],
  [
    'QQ: 535 that mentions frequency halts',
    answered(535, '535 Login fail. login frequency limited', 'AUTH LOGIN', 'EAUTH'),
    'halt',
  ],
  [
    'a login refused for now passes',
    answered(454, '454 Temporary failure', 'AUTH PLAIN', 'EAUTH'),
    'deferred',
  ],
  ['a relay that wants a login halts', answered(530, '530 Authentication required', 'MAIL FROM'), 'halt'],
  ['a refused sender halts', answered(553, '553 Mail from must equal authorized user', 'MAIL FROM'), 'halt'],
  ['a mail too large is final', answered(552, '552 message too large', 'MAIL FROM'), 'failed'],
  ['a server that takes nobody passes', answered(554, '554 no service', 'CONN', 'EPROTOCOL'), 'deferred'],
])('%s', (_, error, expected) => {
  const fate = classify(error, true)
  expect(fate.kind === 'retry' ? fate.reason : fate.kind).toBe(expected)
})

it.each(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'EABORT', 'EPROTOCOL'])(
  '%s without an answer is retried',
  (code) => {
    expect(classify(silent(code), false)).toEqual({
      kind: 'retry',
      reply: 'gone',
      reason: 'connection',
      about: 'us',
    })
  },
)

it('a mail that was handed over whole has an unknown fate', () => {
  expect(classify(silent('ECONNECTION'), true)).toEqual({ kind: 'unknown', reply: 'gone' })
})

it('a reply of many lines becomes one bounded line', () => {
  expect(classify(answered(550, `550-no\r\n550 ${'x'.repeat(9_000)}`), false).reply).toMatch(
    /^550-no 550 x{489}$/,
  )
})

it.each<[string, SmtpError, 'us' | 'reader' | undefined]>([
  ['a greeting that takes nobody', answered(421, '421 too busy', 'CONN', 'EPROTOCOL'), 'us'],
  [
    'a login that cannot be checked now',
    answered(454, '454 4.7.0 Temporary failure', 'AUTH PLAIN', 'EAUTH'),
    'us',
  ],
  ['a sender put off', answered(450, '450 4.7.1 try later', 'MAIL FROM'), 'us'],
  ['421 at a reader: the connection is closed', answered(421, '421 4.3.2 shutting down'), 'us'],
  ['421 at a reader, without a word', answered(421, '421 later'), 'us'],
  ['421 about a mailbox', answered(421, '421 4.2.1 mailbox disabled for now'), 'reader'],
  ['a relay that does not know us yet', answered(454, '454 4.7.1 Relay access denied'), 'us'],
  [
    'our host cannot be looked up',
    answered(450, '450 4.7.1 Client host rejected: cannot find your hostname'),
    'us',
  ],
  ['a look-up of the server fails', answered(451, '451 4.3.0 Temporary lookup failure'), 'us'],
  ['the disk of the server is full', answered(452, '452 disk full', 'DATA', 'EMESSAGE'), 'us'],
  ['the server is busy, in Chinese', answered(451, '451 系统繁忙,请稍后再试'), 'us'],
  ['too many mails of ours', answered(550, '550 sending quota exceeded'), 'us'],
  ['too many for one mailbox', answered(550, '550 Mailbox unavailable or access denied'), undefined],
  ['greylisting', answered(451, '451 4.7.1 Greylisted'), 'reader'],
  ['a mailbox that is full for now', answered(452, '452 4.2.2 mailbox full'), 'reader'],
  ['a mailbox that is busy', answered(450, '450 mailbox busy'), 'reader'],
])('%s: whom it is about', (_, error, about) => {
  const fate = classify(error, false)
  expect(fate.kind === 'retry' ? fate.about : fate.kind).toBe(about)
})

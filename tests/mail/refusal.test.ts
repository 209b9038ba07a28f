import { describe, expect, test } from 'vitest'
import { classify } from '../../src/mail/classify.ts'
import { refusalAbout, refusalKey } from '../../src/mail/refusal.ts'

type Reply = [command: string, reply: string]

function aboutOf([command, reply]: Reply): string {
  return refusalAbout({ code: Number(reply.slice(0, 3)), command, reply })
}
const RCPT = 'RCPT TO'

const ABOUT_US: Reply[] = [
  [RCPT, '553 sorry, your host may not send here'],
  [RCPT, '553 Requested action not taken: mailbox name not allowed'],
  [RCPT, '554 delivery error'],
  [RCPT, '554 Transaction failed'],
  [RCPT, '550 5.7.1 command rejected'],
  [RCPT, '550 5.7.1 <officer@town.example>: Recipient address rejected: Access denied'],
  [RCPT, '554 5.7.1 <officer@town.example>: Relay access denied'],
  [RCPT, '550 5.7.1 Unable to relay for officer@town.example'],
  [RCPT, '550 relaying denied'],
  [RCPT, '550 relay not permitted'],
  [RCPT, "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
  [RCPT, '551 User not local; we do not relay'],
  [RCPT, '550 5.7.1 Client was not authenticated'],
  [RCPT, '550 not authenticated'],
  [RCPT, '550 Authentication is required for relay'],
  [RCPT, '503 5.5.1 you must log in first'],
  [RCPT, '550 sender verify failed'],
  [RCPT, '550-Verification failed for <duban@duban.example> 550 Sender verify failed: no such user here'],
  [RCPT, '550 5.1.8 <duban@duban.example>: Sender address rejected: Domain not found'],
  [RCPT, '550 5.1.7 <duban@duban.example>: Sender address rejected: User unknown in local recipient table'],
  [RCPT, '553 5.7.1 <duban@duban.example>: Sender address rejected: not owned by user duban'],
  [RCPT, '550 5.2.252 SendAsDenied; duban@duban.example not allowed to send as another'],
  [RCPT, '550 5.7.23 SPF validation failed'],
  [RCPT, '550 SPF check: 198.51.100.7 may not send for duban.example'],
  [RCPT, '550 5.7.1 Service unavailable; client [198.51.100.7] blocked using a list'],
  [RCPT, '554 5.7.1 Service unavailable; Client host [198.51.100.7] blocked using zen.spamhaus.example'],
  [RCPT, '550 your address is on our blacklist'],
  [RCPT, '550 5.7.25 no reverse DNS for 198.51.100.7'],
  [RCPT, '504 5.5.2 <duban>: Helo command rejected: need fully-qualified hostname'],
  [RCPT, '521 5.3.2 this system takes no mail'],
  [RCPT, '571 Delivery not authorized'],
  [RCPT, '550 发件人地址未通过验证'],
  [RCPT, '550 发信域名不存在'],
  [RCPT, '553 未认证,请先登录'],
  [RCPT, '550 拒绝中继'],
  [RCPT, '554 您的IP在黑名单中'],
  ['DATA', '550 5.7.26 This mail is unauthenticated'],
  ['DATA', '550 5.7.1 rejected because of the low reputation of the sending domain'],
  ['DATA', '554 5.7.1 DMARC policy of duban.example asks us to refuse'],
  [RCPT, '554 rejected as spam by behaviour at this state'],
  [RCPT, '550 Connection denied'],
  [RCPT, '550 your account is suspended for sending'],
  ['DATA', '554 DT:SUM envelope and header differ'],
  ['MAIL FROM', '550 5.7.1 go away'],
  ['MAIL FROM', '553 <duban@duban.example> must equal the authorized user'],
  ['MAIL FROM', '501 5.1.7 bad address syntax'],
]

const ABOUT_THE_READER: Reply[] = [
  [RCPT, '550 5.1.1 <officer@town.example>: Recipient address rejected: User unknown'],
  [RCPT, '550 user unknown'],
  [RCPT, '550 no such user here'],
  [RCPT, '550 Mailbox not found'],
  [RCPT, '550 5.1.1 The account you tried to reach does not exist; tell the sender to look at the address'],
  [RCPT, '550 5.1.2 bad destination'],
  [RCPT, '553 5.1.3 bad address syntax'],
  [RCPT, '553 no such recipient'],
  [RCPT, '554 5.1.1 nobody of that name'],
  [RCPT, '554 delivery error: this user has no account: mailbox does not exist'],
  [RCPT, '550 5.1.6 has moved'],
  [RCPT, '550 5.1.10 RESOLVER.ADR.RecipientNotFound'],
  [RCPT, '556 5.1.10 the domain takes no mail (null MX)'],
  [RCPT, '550 5.2.1 this account was closed'],
  [RCPT, '550 5.7.13 account switched off'],
  [RCPT, '550 5.7.1 user disabled: the mailbox is inactive'],
  [RCPT, '550 5.4.1 Recipient address rejected: Access denied'],
  [RCPT, '550 5.7.133 only colleagues may write to this group'],
  [RCPT, '551 gone elsewhere'],
  [RCPT, '552 5.2.2 Mailbox full, quota exceeded'],
  ['DATA', '552 5.2.2 over quota'],
  [RCPT, '550 用户不存在'],
  [RCPT, '550 收件人不存在'],
  [RCPT, '553 查无此人'],
  [RCPT, '550 邮箱已停用'],
  [RCPT, '552 邮箱空间不足'],
  [RCPT, '550 该账号已注销'],
  [RCPT, '559 Invalid rcptto'],
  [RCPT, '550 the recipient may contain a non-existent account'],
  ['DATA', '550 Mail is rejected by recipients'],
]

const ABOUT_THE_MAIL: Reply[] = [
  ['MAIL FROM', '552 5.3.4 message size exceeds fixed limit'],
  ['MAIL FROM', '552 Message too large'],
  ['DATA', '552 5.3.4 too big'],
  ['DATA', '554 5.6.0 cannot read this'],
  ['DATA', '554 DT:SPM spam'],
  ['DATA', '550 5.7.7 the seal is broken'],
  ['DATA', '550 message content rejected'],
  ['DATA', '552 5.7.0 blocked because its content is a risk'],
  ['DATA', '550 5.7.1 likely unsolicited mail'],
  ['DATA', '554 信件内容违规,被拦截'],
  [RCPT, '552 5.2.3 longer than the reader allows'],
]

describe('a final refusal', () => {
  test.each(ABOUT_US)('at %s is about us: %s', (...reply) => {
    expect(aboutOf(reply)).toBe('us')
  })
  test.each(ABOUT_THE_READER)('at %s is about the reader: %s', (...reply) => {
    expect(aboutOf(reply)).toBe('reader')
  })
  test.each(ABOUT_THE_MAIL)('at %s is about this mail: %s', (...reply) => {
    expect(aboutOf(reply)).toBe('mail')
  })
  test.each<Reply>([
    [RCPT, '550 Requested action not taken: mailbox unavailable'],
    [RCPT, '550 refused'],
    ['DATA', '554 Transaction failed'],
    [RCPT, '550 5.0.0 no'],
  ])('at %s may be unclear: %s', (...reply) => {
    expect(aboutOf(reply)).toBe('unclear')
  })
})

test.each([
  ['550 5.7.1 relaying denied', { kind: 'halt', reason: 'refused' }],
  ['550 5.1.1 user unknown', { kind: 'failed', about: 'reader' }],
  ['550 5.6.0 unreadable', { kind: 'failed', about: 'mail' }],
  ['451 4.7.1 Greylisted', { kind: 'retry', about: 'reader' }],
  ['452 4.2.2 mailbox full', { kind: 'retry', about: 'reader' }],
  ['454 4.7.1 Relay access denied', { kind: 'retry', about: 'us' }],
  ['452 4.3.1 insufficient system storage', { kind: 'retry', about: 'us' }],
  ['421 4.3.2 shutting down', { kind: 'retry', about: 'us' }],
])('%s at RCPT TO', (response, fate) => {
  const error = { responseCode: Number(response.slice(0, 3)), response, command: RCPT }
  expect(classify(Object.assign(new Error('x'), error), false)).toMatchObject(fate)
})

test('refusals are alike whatever address, host or number they name', () => {
  const key = refusalKey('550 5.0.0 <a@town.example> refused (id 4F2A9C1B7)')
  expect(refusalKey('550 5.0.0 <head@other.example> refused (id 77DE01A02)')).toBe(key)
  expect(refusalKey('550 5.0.0 <a@town.example> unknown')).not.toBe(key)
})

import { describe, expect, it } from 'vitest'
import { BadAddress, oneAddress } from '../../src/mail/address.ts'
import { BadHeader, nodemailerOptions, type OutgoingMail } from '../../src/mail/outgoing.ts'
import { sampleMail } from './sample.ts'

it.each(['a@b.cn', 'zhang.san+duban@mail.gov.example', "o'neil_1@x-y.test"])(
  'the plain mailbox %s is accepted',
  (text) => {
    expect(oneAddress(text)).toBe(text)
  },
)

it.each([
  ['', 'empty'],
  [`${'a'.repeat(250)}@b.cn`, 'too-long'],
  ['a@b.cn, c@d.cn', 'not-one-mailbox'],
  ['a@b.cn;c@d.cn', 'not-one-mailbox'],
  ['a@b.cn\r\nBcc: c@d.cn', 'not-one-mailbox'],
  ['a@b.cn\n', 'not-one-mailbox'],
  [' a@b.cn', 'not-one-mailbox'],
  ['张三 <a@b.cn>', 'not-one-mailbox'],
  ['<a@b.cn>', 'not-one-mailbox'],
  ['a@b.cn>SIZE=1', 'not-one-mailbox'],
  ['group: a@b.cn', 'not-one-mailbox'],
  ['"a b"@c.cn', 'not-one-mailbox'],
  ['(x)a@b.cn', 'not-one-mailbox'],
  ['a@[127.0.0.1]', 'not-one-mailbox'],
  ['a\u0000@b.cn', 'not-one-mailbox'],
  ['a@b@c.cn', 'malformed'],
  ['a@localhost', 'malformed'],
  ['@b.cn', 'malformed'],
  ['a..b@c.cn', 'malformed'],
  ['a@-b.cn', 'malformed'],
  ['张三@测试.cn', 'malformed'],
])('%j is refused: %s', (text, reason) => {
  expect(() => oneAddress(text)).toThrow(expect.objectContaining({ name: 'BadAddress', reason }))
})

describe("nodemailer's options", () => {
  it('name one recipient, in the envelope too', () => {
    const options = nodemailerOptions(sampleMail())
    expect(options.envelope).toEqual({ from: 'duban@county.example', to: ['officer@town.example'] })
    expect(() => nodemailerOptions(sampleMail({ to: 'a@b.cn,c@d.cn' }))).toThrow(BadAddress)
  })

  it.each<Partial<OutgoingMail>>([
    { headers: { 'X-Duban-Round': 'a\r\nBcc: c@d.cn' } },
    { headers: { 'X-A\r\nBcc': 'c@d.cn' } },
    { headers: { Bcc: 'c@d.cn' } },
    { headers: { TO: 'c@d.cn' } },
    { subject: 'a\r\nBcc: c@d.cn' },
    { messageId: '<a@b>\r\nBcc: c@d.cn' },
    { references: ['<a@b> <c@d>'] },
    { from: { name: 'x\r\nBcc: c@d.cn', address: 'a@b.cn' } },
  ])('never contain two headers in one: %j', (over) => {
    expect(() => nodemailerOptions(sampleMail(over))).toThrow(BadHeader)
  })
})

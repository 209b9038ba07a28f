import { expect, test } from 'vitest'
import { type AddressChangedInput, composeAddressChanged } from '../../src/mail/address-changed.ts'

const INPUT: AddressChangedInput = { name: '张测试', contact: 'contact@bureau.ziyang.test', trial: false }

test('the former address reads what changed and whom to ask, and finds no link', () => {
  const { subject, text, html } = composeAddressChanged(INPUT)
  expect(subject).toBe('【督办】登记的邮箱已更改')
  for (const part of [text, html]) {
    for (const words of ['张测试', '由管理员改为另一个地址', '请尽快联系 contact@bureau.ziyang.test'])
      expect(part).toContain(words)
    expect(part).not.toMatch(/https?:|href/)
    expect(part).not.toContain('试用模式')
  }
})

test('in a trial the mail says that nothing really left', () => {
  const { text, html } = composeAddressChanged({ ...INPUT, trial: true })
  for (const part of [text, html]) expect(part).toContain('试用模式')
})

test('a name can bring neither markup nor lines of its own', () => {
  const mail = composeAddressChanged({
    ...INPUT,
    name: '<a href="https://evil.test">张</a>\r\nBcc: x@evil.test',
  })
  expect(mail.html).not.toContain('<a href')
  expect(mail.text).not.toMatch(/^Bcc:/m)
})

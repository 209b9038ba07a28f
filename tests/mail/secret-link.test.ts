import { expect, test } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
import { nodemailerOptions } from '../../src/mail/outgoing.ts'
import { composeSecretLink, type SecretLinkInput } from '../../src/mail/secret-link.ts'

const LINK = 'https://duban.ziyang.test/app/set-password#token=abc_DEF-123'
const INPUT: SecretLinkInput = {
  name: '张测试',
  bureau: '测试县民政局',
  account: 'zhang@maoba.ziyang.test',
  purpose: 'reset',
  link: LINK,
  until: instantAt('2026-05-06', '10:30'),
  contact: 'contact@bureau.ziyang.test',
  trial: false,
}

test.each([
  ['reset', '【督办】重设登录密码', '不是您本人要求的,不用理会'],
  ['first-password', '【督办】请设置登录密码', '已为您开通账号'],
] as const)('the mail for %s says its purpose and its end, and has the link', (purpose, subject, words) => {
  const mail = composeSecretLink({ ...INPUT, purpose })
  expect(mail.subject).toBe(subject)
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain('张测试')
    expect(part).toContain('单位:测试县民政局')
    expect(part).toContain('zhang@maoba.ziyang.test')
    expect(part).toContain(words)
    expect(part).toContain('2026-05-06 10:30')
    expect(part).toContain('contact@bureau.ziyang.test')
  }
  expect(mail.text).toContain(LINK)
  expect(mail.html.replaceAll('&#x3D;', '=')).toContain(`href="${LINK}"`)
  // The secret is in no header.
  expect(mail.subject).not.toContain('token')
})

test('in a trial the mail says that nothing really left', () => {
  expect(composeSecretLink(INPUT).text).not.toContain('试用模式')
  for (const part of Object.values(composeSecretLink({ ...INPUT, trial: true })).slice(1))
    expect(part).toContain('试用模式')
})

test('a name can bring neither markup nor lines of its own', () => {
  const mail = composeSecretLink({ ...INPUT, name: '<a href="https://evil.test">张</a>\r\nBcc: x@evil.test' })
  expect(mail.html).not.toContain('<a href="https://evil.test"')
  expect(mail.text).not.toMatch(/^Bcc:/m)
  const options = nodemailerOptions({
    ...mail,
    ...{ messageId: '<ml_1@duban.example>', to: 'zhang@maoba.ziyang.test', replyTo: INPUT.contact },
    ...{ from: { name: '督办', address: 'duban@duban.example' }, references: [] },
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  expect(options.envelope).toEqual({ from: 'duban@duban.example', to: ['zhang@maoba.ziyang.test'] })
})

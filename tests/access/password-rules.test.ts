import { describe, expect, test } from 'vitest'
import { passwordFault } from '../../src/access/password-rules.ts'
import { fullWidth } from '../support/full-width.ts'

const WHO = { name: '张测试', email: 'zhang.ceshi@maoba.test', offices: ['毛坝镇'] }

describe('good enough', () => {
  test.each([
    '毛雨伞和三只白鹅过河去赶集',
    'correct horse battery staple',
    '山高路远坑深大军纵横驰奔谁敢',
    'xK9#mQ2$vL5@',
    'a b c d e f g',
    '🌾🚜🐓🧺🪣🧶🪵🪨🌧🌫🌤🌙',
    'ü'.repeat(3) + 'ö-ä-å-ø-æ',
  ])('%s', (password) => {
    expect(passwordFault(password, WHO)).toBeNull()
  })

  test('128 characters, no more', () => {
    const long = 'abcdefgh'.repeat(16).replace(/^.{9}/, 'zyxwvutsr')
    expect([...long]).toHaveLength(128)
    expect(passwordFault(long, WHO)).toBeNull()
    expect(passwordFault(`${long}!`, WHO)).toBe('密码最多 128 个字符。')
  })
})

describe('refused, with what to do', () => {
  test.each([
    ['', '至少要 12 个字符'],
    ['elevenchars', '至少要 12 个字符'],
    // Eleven characters, each of two UTF-16 units.
    ['🌾🚜🐓🧺🪣🧶🪵🪨🌧🌫🌤'.slice(0, 20), '至少要 12 个字符'],
    ['111111111111', '不同的字符太少'],
    ['abababababab', '不同的字符太少'],
    ['woaini1314woaini1314', '常见'],
    ['WoAiNi1314520', '常见'],
    ['qwertyuiop123', '常见'],
    ['1qaz2wsx3edc', '常见'],
    // Full-width letters and digits are the same password (NFKC).
    [fullWidth('qwertyuiop123'), '常见'],
    ['password!!2026', '常见'],
    ['今天的张测试很高兴地上班', '姓名'],
    ['hello-zhang.ceshi-1', '邮箱名'],
    ['住在毛坝镇的一只很大的白鹅', '单位'],
  ])('%s', (password, why) => {
    expect(passwordFault(password, WHO)).toContain(why)
  })
})

test('somebody without a name or with a short mailbox is not refused for it', () => {
  expect(passwordFault('a whole sentence of words', { name: '', email: 'a@b.test' })).toBeNull()
})

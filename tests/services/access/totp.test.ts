import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { newTotpSecret, stepOfCode, totpUri } from '../../../src/services/access/totp.ts'
import { fullWidth } from '../../support/full-width.ts'

/** RFC 6238, appendix B: the SHA-1 secret `12345678901234567890`, and the last six digits of its eight. */
const RFC = Secret.fromUTF8('12345678901234567890').base32
const NOW = 1_111_111_109_000

test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37037036],
  [1_111_111_111, '050471', 37037037],
  [1_234_567_890, '005924', 41152263],
  [2_000_000_000, '279037', 66666666],
])("at %i s the code is the RFC's %s", (seconds, code, step) => {
  expect(stepOfCode(RFC, code, seconds * 1000)).toBe(step)
})

describe('a code', () => {
  test('of half a minute before or after counts, and gives its own step', () => {
    const at = (steps: number) => stepOfCode(RFC, '081804', NOW + steps * 30_000)
    expect([at(-2), at(-1), at(0), at(1), at(2)]).toEqual([null, 37037036, 37037036, 37037036, null])
  })

  test.each(['', '08180', '0818044', ' 081804', '081 804', '081805', fullWidth('081804'), 'abcdef'])(
    'such as %j is none',
    (code) => {
      expect(stepOfCode(RFC, code, NOW)).toBeNull()
    },
  )
})

test('a secret is 160 random bits, and an app that reads the URI shows the same codes', () => {
  const secret = newTotpSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(newTotpSecret()).not.toBe(secret)
  const uri = totpUri(secret, 'zhang@maoba.test')
  expect(uri).toContain('issuer=%E7%9D%A3%E5%8A%9E')
  const app = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 })
  expect(stepOfCode(secret, app.generate({ timestamp: NOW }), NOW)).toBe(37037036)
  expect(new URL(uri).searchParams.get('secret')).toBe(secret)
})

import { expect, test } from 'vitest'
import { browserWords } from '../../web/src/pages/account/browser-words.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/87.0.4280.88 Safari/537.36'

test.each([
  [CHROME, 'Chrome · Windows'],
  [`${CHROME} Edg/87.0.664.57`, 'Edge · Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) Version/14.0 Safari/604.1', 'Safari · iOS'],
  ['Mozilla/5.0 (Linux; Android 12) Chrome/98.0 Mobile Safari/537.36 MicroMessenger/8.0', '微信 · Android'],
  ['somebody else', 'somebody else'],
])('%s is told as %s', (agent, words) => {
  expect(browserWords(agent)).toBe(words)
})

test('a session that named no browser has none', () => {
  expect(browserWords(null)).toBeNull()
})

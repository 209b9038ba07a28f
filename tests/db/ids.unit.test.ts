import { expect, test } from 'vitest'
import { freshBytes } from '../../src/db/fresh-bytes.ts'
import { newId } from '../../src/db/ids.ts'

test('ids are a prefix and 25 letters, all different, in the order of time', async () => {
  const earlier = newId('ob')
  await new Promise((resolve) => setTimeout(resolve, 2))
  const ids = Array.from({ length: 2_000 }, () => newId('ob'))
  for (const id of ids) expect(id).toMatch(/^ob_[0-9a-hjkmnp-tv-z]{25}$/)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.every((id) => id > earlier)).toBe(true)
})

test('bytes that were given away are nobody else’s, and stay as they are', () => {
  const given = Array.from({ length: 2_000 }, () => freshBytes(12))
  const texts = given.map((bytes) => bytes.toString('hex'))
  expect(new Set(texts).size).toBe(given.length)
  freshBytes(4_096)
  expect(given.map((bytes) => bytes.toString('hex'))).toEqual(texts)
})

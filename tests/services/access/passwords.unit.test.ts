import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import {
  hashPassword,
  MOST_WAITING,
  PasswordsBusy,
  verifyPassword,
} from '../../../src/services/access/passwords.ts'
import { hashToken, newToken } from '../../../src/services/access/tokens.ts'
import { fullWidth } from '../../support/full-width.ts'

const PASSWORD = '三只白鹅过河去赶集 12'

test('a password is stored as argon2id with 64 MiB, four passes and one lane, with a new salt each time', async () => {
  const [one, two] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=4,p=1\$/)
  expect(one).not.toBe(two)
})

test('the right password is right on another keyboard too; another is not', async () => {
  const kept = await hashPassword(PASSWORD)
  expect(await verifyPassword(kept, PASSWORD)).toBe(true)
  expect(await verifyPassword(kept, fullWidth(PASSWORD))).toBe(true)
  expect(await verifyPassword(kept, '三只白鹅过河去赶集 13')).toBe(false)
})

test('without a stored password nothing is right, not even the one that takes the time', async () => {
  expect(await verifyPassword(null, 'a password of nobody')).toBe(false)
})

test('however many wait, other work of the process goes on', async () => {
  const kept = await hashPassword(PASSWORD)
  let done = 0
  const crowd = Array.from({ length: 8 }, () => verifyPassword(kept, PASSWORD).then(() => done++))
  // The four threads of the process serve files as well: were all taken, this would wait for five of the eight.
  await readFile(new URL(import.meta.url))
  expect(done).toBeLessThan(3)
  await Promise.all(crowd)
  expect(done).toBe(8)
})

test('a caller that meets a full queue is refused at once, and later callers get in again', async () => {
  const kept = await hashPassword(PASSWORD)
  let done = 0
  const crowd = Array.from({ length: MOST_WAITING + 2 }, () =>
    verifyPassword(kept, PASSWORD).finally(() => done++),
  )
  await expect(verifyPassword(kept, PASSWORD)).rejects.toThrow(PasswordsBusy)
  await expect(verifyPassword(null, PASSWORD)).rejects.toThrow(PasswordsBusy)
  await expect(hashPassword(PASSWORD)).rejects.toThrow(PasswordsBusy)
  expect(done).toBe(0)
  expect(await Promise.all(crowd)).toEqual(crowd.map(() => true))
  expect(await verifyPassword(kept, PASSWORD)).toBe(true)
  expect(await verifyPassword(null, PASSWORD)).toBe(false)
}, 60_000)

test('a token has 256 bits fit for a URL, and its hash reveals nothing', () => {
  const tokens = Array.from({ length: 100 }, newToken)
  expect(new Set(tokens).size).toBe(100)
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
  expect(hashToken('abc').toString('hex')).toMatch(/^ba7816bf/)
})

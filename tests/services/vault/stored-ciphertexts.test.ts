import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  chunkContext,
  historyTextContext,
  revealReasonContext,
  totpContext,
  type Where,
} from '../../../src/services/vault/encryption-context.ts'
import {
  blindIndexes,
  decryptBytes,
  decryptPerson,
  makeKeyring,
} from '../../../src/services/vault/encryption.ts'
import { unwrap } from '../../../src/services/vault/master-key.ts'

/** Made by the code of before migration 0016. What databases hold looks like this, so it must never be made anew. */
const stored = JSON.parse(
  readFileSync(new URL('../../data/encrypted-values.json', import.meta.url), 'utf8'),
) as {
  masterKey: string
  keyId: string
  household: {
    obligation: string
    person: { name: string; idNo: string; phone: string; village: string; detail: string }
    value: string
    idNoIndex: string
    phoneIndex: string
  }
  chunk: { import: string; seq: number; plain: string; value: string }
  historyText: { obligation: string; action: string; at: number; plain: string; value: string }
  revealReason: { person: string; obligation: string; at: number; plain: string; value: string }
  totpSecret: { person: string; plain: string; value: string }
  withoutContext: { plain: string; value: string }
  wrappedKey: { id: string; purpose: 'data'; plain: string; value: string }
}
const bytes = (base64: string) => Buffer.from(base64, 'base64')
const keys = makeKeyring(bytes(stored.masterKey))
const { household, chunk, historyText, revealReason, totpSecret, withoutContext, wrappedKey } = stored

test('a household of an earlier release decrypts for its obligation alone', () => {
  const value = bytes(household.value)
  expect(decryptPerson(keys, household.obligation, value, stored.keyId)).toEqual(household.person)
  expect(() => decryptPerson(keys, 'ob_2', value, stored.keyId)).toThrow('was changed')
})

test('a household of an earlier release is found by the same keyed hashes', () => {
  const { idNoIndex, phoneIndex } = blindIndexes(keys, household.person)
  expect(idNoIndex).toEqual(bytes(household.idNoIndex))
  expect(phoneIndex).toEqual(bytes(household.phoneIndex))
})

const values: Record<string, [where: Where, stored: { plain: string; value: string }]> = {
  'a piece of an upload': [chunkContext(chunk.import, chunk.seq), chunk],
  'a text of the history': [
    historyTextContext(historyText.obligation, historyText.action, historyText.at),
    historyText,
  ],
  'the reason of a reveal': [
    revealReasonContext(revealReason.person, revealReason.obligation, revealReason.at),
    revealReason,
  ],
  'the secret of a second factor': [totpContext(totpSecret.person), totpSecret],
}
test.each(Object.entries(values))(
  '%s of an earlier release decrypts in its place alone',
  (_, [where, of]) => {
    expect(decryptBytes(keys, where, bytes(of.value), stored.keyId).toString()).toBe(of.plain)
    expect(() => decryptBytes(keys, `${where}0`, bytes(of.value), stored.keyId)).toThrow('was changed')
  },
)

test('a value from before there were contexts decrypts anywhere', () => {
  expect(decryptBytes(keys, 'subjects:any', bytes(withoutContext.value), null).toString()).toBe(
    withoutContext.plain,
  )
})

test('a wrapped key of an earlier release is unwrapped', () => {
  const { id, purpose, value, plain } = wrappedKey
  expect(unwrap(bytes(stored.masterKey), { id, purpose, wrapped: bytes(value) })).toEqual(bytes(plain))
})

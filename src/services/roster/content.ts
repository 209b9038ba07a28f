import type { Cover } from '../../domain/obligation/roster-words.ts'
import type { Group } from '../../domain/obligation/vocabulary.ts'
import type { Day } from '../../domain/time/days.ts'
import { rosterChangeContext, rosterContext } from '../vault/encryption-context.ts'
import {
  blindIndexes,
  decryptBytes,
  encryptBytes,
  type EncryptedValue,
  type Keyring,
  type Person,
} from '../vault/encryption.ts'

/** All that the roster says of a household. */
export type RosterContent = {
  office: string
  group: Group
  cover: Cover
  coveredSince: Day | null
  person: Person
}

/** The columns of a household on the roster, who it is encrypted. */
export function rosterColumns(keys: Keyring, id: string, { person, ...codes }: RosterContent) {
  return {
    ...codes,
    encrypted: encryptBytes(keys, rosterContext(id), Buffer.from(JSON.stringify(person))),
    keyId: keys.keyId,
    ...blindIndexes(keys, person),
  }
}

/** @throws UnknownKey, DecryptionFailed */
export function rosterPerson(
  keys: Keyring,
  { id, encrypted, keyId }: { id: string } & EncryptedValue,
): Person {
  return JSON.parse(decryptBytes(keys, rosterContext(id), encrypted, keyId).toString()) as Person
}

/** How a household stood before a file changed it. */
export function encryptBefore(keys: Keyring, importId: string, household: string, before: RosterContent) {
  const where = rosterChangeContext(importId, household)
  return { encrypted: encryptBytes(keys, where, Buffer.from(JSON.stringify(before))), keyId: keys.keyId }
}

/** @throws UnknownKey, DecryptionFailed */
export function decryptBefore(
  keys: Keyring,
  importId: string,
  { household, encrypted, keyId }: { household: string } & EncryptedValue,
): RosterContent {
  const plain = decryptBytes(keys, rosterChangeContext(importId, household), encrypted, keyId)
  return JSON.parse(plain.toString()) as RosterContent
}

/** Whether two say the same. */
export function isSameContent(a: RosterContent, b: RosterContent): boolean {
  return written(a) === written(b)
}

function written({ office, group, cover, coveredSince, person }: RosterContent): string {
  const { name, idNo, phone, village, detail } = person
  return JSON.stringify([office, group, cover, coveredSince, name, idNo, phone, village, detail])
}

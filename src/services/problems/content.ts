import { problemContext } from '../vault/encryption-context.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'

/** What somebody said of a problem, in words of their own. */
export type ProblemContent = { wrong: string; measure: string; responsible: string }

export function encryptProblem(keys: Keyring, obligation: string, content: ProblemContent) {
  const encrypted = encryptBytes(keys, problemContext(obligation), Buffer.from(JSON.stringify(content)))
  return { encrypted, keyId: keys.keyId }
}

/** @throws UnknownKey, DecryptionFailed */
export function decryptProblem(
  keys: Keyring,
  { id, encrypted, keyId }: { id: string; encrypted: Buffer | null; keyId: string | null },
): ProblemContent | null {
  if (encrypted === null) return null
  return JSON.parse(decryptBytes(keys, problemContext(id), encrypted, keyId).toString()) as ProblemContent
}

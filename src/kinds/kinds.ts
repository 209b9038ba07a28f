import type { Kind } from '../domain/obligation/vocabulary.ts'
import type { KindDefinition } from './kind.ts'
import { REGISTRY } from './registry.ts'

export const KINDS: readonly KindDefinition[] = Object.values(REGISTRY)
export const KIND_CODES: readonly Kind[] = KINDS.map(({ code }) => code)
/** The Chinese word of each kind. */
export const KIND_LABELS = Object.fromEntries(KINDS.map(({ code, label }) => [code, label])) as Record<
  Kind,
  string
>

/** @throws RangeError for a code that is none */
export function kindOf(code: string): KindDefinition {
  const kind = KINDS.find((one) => one.code === code)
  if (!kind) throw new RangeError(`there is no kind ${code}`)
  return kind
}

import type { Kind, KindLabels } from '../domain/obligation/vocabulary.ts'
import type { Beginning, KindDefinition } from './kind.ts'
import { REGISTRY } from './registry.ts'

export const KINDS: readonly KindDefinition[] = Object.values(REGISTRY)
export const KIND_CODES: readonly Kind[] = KINDS.map(({ code }) => code)
/** The Chinese word of each kind. */
export const KIND_LABELS = Object.fromEntries(KINDS.map(({ code, label }) => [code, label])) as KindLabels

/** What a file of the platform brings about. The columns of such a file are those of one kind. */
export const IMPORTED_KIND = onlyBegunBy('import', KINDS)

/** @throws RangeError unless exactly one kind begins so */
export function onlyBegunBy(beginning: Beginning, kinds: readonly KindDefinition[]): KindDefinition {
  const [kind, ...others] = kinds.filter(({ begins }) => begins.includes(beginning))
  if (kind && others.length === 0) return kind
  throw new RangeError(`not exactly one kind begins by ${beginning}`)
}

/** @throws RangeError for a code that is none */
export function kindOf(code: string): KindDefinition {
  const kind = KINDS.find((one) => one.code === code)
  if (!kind) throw new RangeError(`there is no kind ${code}`)
  return kind
}

import { z } from 'zod'
import type { Kind, Outcome } from '../../domain/obligation/vocabulary.ts'
import { importRemark, type ImportRemark } from '../../kinds/fields.ts'
import type { EntryCounts, Facts, Result, ResultParts } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { splitTexts } from '../../kinds/result-texts.ts'

/** The one place where `obligations.facts` and `obligations.result` are read and written: by the schemas of their kind. */
export type Stored = { id: string; kind: Kind }

/** Thrown when a row holds what its kind does not know: changed by hand, or written by a newer release. */
export class UnreadableObligation extends Error {
  override readonly name = 'UnreadableObligation'
  readonly code = 'unreadable-obligation'
  readonly obligation: string
  readonly column: 'facts' | 'result'

  constructor({ id, kind }: Stored, column: 'facts' | 'result', cause: z.ZodError) {
    const where = cause.issues.map((issue) => `/${[column, ...issue.path].map(String).join('/')}`)
    super(`obligation ${id} of kind ${kind} cannot be read at ${where.join(', ')}`)
    this.obligation = id
    this.column = column
  }
}

/** On the way in. @throws z.ZodError: facts come from our own code and files, checked before */
export function factsToStore(kind: Kind, facts: Facts): Facts {
  return kindOf(kind).facts.parse(facts)
}

/**
 * On the way in, once the kind has taken it. Codes and counts are facts of the ledger, and where there are entries they say
 * the counts. The note is kept encrypted with the event, the other texts apart (result-texts.ts): they may name a household.
 */
export function resultToStore(
  kind: Kind,
  result: Result,
  entries: EntryCounts | null,
): ResultParts & { texts: Result } {
  const { split, texts: paths } = kindOf(kind)
  const { text, codes: all } = split(result)
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  const { codes, texts } = splitTexts(given, paths)
  return { text, codes: { ...codes, ...entries }, texts }
}

/** @throws UnreadableObligation */
export function readFacts(of: Stored, stored: unknown): Facts {
  const parsed = kindOf(of.kind).facts.safeParse(stored)
  if (!parsed.success) throw new UnreadableObligation(of, 'facts', parsed.error)
  return parsed.data
}

const remarked = z.object({ remarks: z.array(importRemark).default([]) })

/** What the import of an obligation did not understand. The other facts are not looked at. @throws UnreadableObligation */
export function importRemarksOf(of: Stored, stored: unknown): ImportRemark[] {
  const parsed = remarked.safeParse(stored)
  if (!parsed.success) throw new UnreadableObligation(of, 'facts', parsed.error)
  return parsed.data.remarks
}

/** @throws UnreadableObligation */
export function readResult(of: Stored, stored: unknown): Result | null {
  if (stored === null) return null
  const parsed = kindOf(of.kind).storedResult.safeParse(stored)
  if (!parsed.success) throw new UnreadableObligation(of, 'result', parsed.error)
  return parsed.data
}

/** What a verified warning ended in, where the result says so. @throws UnreadableObligation */
export function outcomeOf(of: Stored, stored: unknown): Outcome | null {
  const { outcome = null } = readResult(of, stored) ?? {}
  return outcome as Outcome | null
}

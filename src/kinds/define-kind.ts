import { z } from 'zod'
import type { Facts, KindDefinition, LedgerRow, Result, ResultParts } from './kind.ts'

/** What a kind may leave out; `defineKind` says what holds then. */
type Optional =
  | 'phase'
  | 'takesEvidence'
  | 'refusals'
  | 'check'
  | 'split'
  | 'keptResult'
  | 'storedResult'
  | 'texts'
  | 'codesInTexts'
  | 'hasEntries'
  | 'outlivesCampaign'
  | 'waivable'
  | 'follows'
  | 'foundWrong'
  | 'statedFacts'
type Defined<F, R> = Omit<KindDefinition<F, R>, Optional> & Partial<Pick<KindDefinition<F, R>, Optional>>

const NOTHING_STATED = z.strictObject({}, { error: '这一类事项不接受登记人写的 facts,请去掉这一项。' })

/** A kind with its own types of facts and result, made fit for the registry: what comes in is parsed first. */
export function defineKind<F extends Facts, R extends Result>(given: Defined<F, R>): KindDefinition {
  const { facts, result, check, follows, foundWrong, split = splitNote } = given
  const { keptResult = result, storedResult = keptResult } = given
  const both = (of: { facts: Facts; result: Result }) => ({
    facts: facts.parse(of.facts),
    result: keptResult.parse(of.result),
  })
  return {
    phase: null,
    statedFacts: NOTHING_STATED,
    takesEvidence: false,
    refusals: {},
    texts: [],
    codesInTexts: [],
    hasEntries: false,
    outlivesCampaign: false,
    waivable: false,
    ...given,
    keptResult,
    storedResult,
    split: (of) => split(result.parse(of)),
    check: (of) => check?.({ ...of, ...both(of) }) ?? [],
    follows: (of) => follows?.({ ...of, ...both(of) }) ?? [],
    foundWrong: (of) => foundWrong?.(both(of)) ?? [],
    title: (of) => given.title({ ...of, facts: facts.parse(of.facts) }),
    ledger: given.ledger.map((column) => ({ ...column, value: (row) => column.value(typed(row)) })),
  }

  function typed(row: LedgerRow): LedgerRow<F, R> {
    return { ...row, facts: facts.parse(row.facts), result: typedResult(row.result) }
  }

  /** A result of an earlier release has none of the columns of today. @throws z.ZodError for one that nobody wrote */
  function typedResult(stored: Result | null): R | null {
    if (stored === null) return null
    const parsed = keptResult.safeParse(stored)
    if (!parsed.success) storedResult.parse(stored)
    return parsed.data ?? null
  }
}

function splitNote({ note, ...codes }: Result): ResultParts {
  return { text: note ?? null, codes }
}

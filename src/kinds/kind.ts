import type { z } from 'zod'
import type { ProblemOrigin, ProblemType } from '../domain/obligation/problem-words.ts'
import type { Day } from '../domain/time/days.ts'
import type {
  Cause,
  Group,
  Kind,
  Level,
  Phase,
  Source,
  Stage,
  State,
} from '../domain/obligation/vocabulary.ts'
import type { ListedHits } from './listed-hits.ts'

/** Who brings an obligation of a kind about. */
export type Beginning = 'template' | 'import' | 'person' | 'system'

/** What is known when an obligation begins, as `obligations.facts` keeps it. */
export type Facts = { [field: string]: unknown }
/** What is handed in. Free texts are kept encrypted with the event, the rest in `obligations.result`. */
export type Result = { note?: string | undefined; [field: string]: unknown }

/** What every obligation has, whatever its kind. */
export type Columns = { level: Level | null; cause: Cause | null }
/** What a problem of the list is beside its codes: its words are null for whoever may not read them. */
export type LedgerProblem = {
  wrong: string | null
  measure: string | null
  responsible: string | null
  /** The number under which it was struck off. */
  strikeOff: string | null
}
export type LedgerRow<F = Facts, R = Result> = Columns & {
  externalId: string | null
  title: string
  state: State
  officeName: string
  group: Group | null
  source: Source | null
  issuedOn: Day
  dueOn: Day
  /** By when it was to be done again; null where it never came back. */
  redoDueOn: Day | null
  everLate: boolean
  facts: F
  result: R | null
  problem?: LedgerProblem | null
}

/** One column of the ledger of a kind. The width is in characters, for spreadsheets. */
export type LedgerColumn<F = Facts, R = Result> = {
  head: string
  width: number
  type: 'text' | 'number'
  value: (row: LedgerRow<F, R>) => string | number | null
}

/** Why a result cannot be taken. The pointer names the field, e.g. `/result/hits`. */
export type ResultIssue = { refused: string; pointer: string; message: string }

/** What the entries of an obligation come to: how many of each. */
export type EntryCounts = Readonly<Record<string, number>>

/** The days that a result is held against: when it is handed in, and when the obligation was issued. */
export type ResultDays = { today: Day; issuedOn: Day }
/** A result with what it is checked against. */
export type Given<F = Facts, R = Result> = ResultDays & {
  facts: F
  result: R
  /** What the entries of the obligation come to; null where it has none. */
  entries?: EntryCounts | null
  /** How many households of the roster it must reach and has no entry of. */
  owed?: number
  /** What its files of hits came to; null where it has none. */
  listed?: ListedHits | null
}

/** What was accepted today. */
export type Done<F = Facts, R = Result> = Given<F, R> & { group: Group | null; externalId: string | null }
/**
 * An obligation that follows from an accepted one, for the same office and household. `visitAfter`: its day is the next visit
 * after that day; null where the limit of its rule decides.
 */
export type Following = { kind: Kind; facts: Facts; visitAfter: Day | null }

/** Whose fault it is: the office of an obligation, an office, or that of whoever found it. */
export type WrongOf = { obligation: string } | { office: string } | 'own'
/**
 * What an accepted obligation found wrong: a problem. `finding`: its place in a list of findings, to show; `sameAs`: what makes it
 * the same finding wherever it stands there. Both are null for what finds one thing.
 * The words are kept encrypted.
 */
export type Wrong = {
  of: WrongOf
  finding: number | null
  sameAs: string | null
  origin: ProblemOrigin
  type: ProblemType
  words: string
}

/** A result in two parts: what somebody wrote in their own words, and the codes and numbers. */
export type ResultParts = { text: string | null; codes: Facts }

/** All the product knows about one kind of obligation. A new kind is one such file and one line of the registry. */
export type KindDefinition<F = Facts, R = Result> = {
  code: Kind
  label: string
  begins: readonly Beginning[]
  /** The phase it belongs to when no template says so. */
  phase: Phase | null
  facts: z.ZodType<F>
  /** What a person who registers one may state of it; the rest only the product itself knows. */
  statedFacts: z.ZodType<Facts>
  result: z.ZodType<R>
  /** The same without its texts, as the ledger keeps it; left out, it is `result`. */
  keptResult: z.ZodType<R>
  /** What may stand in the ledger where earlier releases took other results; left out, it is `keptResult`. */
  storedResult: z.ZodType<Result>
  /**
   * Fields of the result in words of one's own, and names of people, that are kept encrypted apart, by obligation
   * (obligations/result-texts.ts). A field of a field is its path: `steps.visit.by`.
   */
  texts: readonly string[]
  /** Fields within these that are codes: they say nothing of anybody, and a result is none without them. */
  codesInTexts: readonly string[]
  /** Whether it has entries of households, from which its result is counted. */
  hasEntries: boolean
  /** A result such as an officer hands in today, for the demonstration and the rehearsal. `pick` chooses one of a list. */
  sampleResult: (pick: <T>(of: readonly T[]) => T, days: ResultDays) => R
  /** The refusal of a field that is missing, by its pointer, where zod's own words would not do. */
  refusals: Readonly<Record<string, Omit<ResultIssue, 'pointer'>>>
  /** Checks between fields, of a result that fits its schema. */
  check: (given: Given<F, R>) => ResultIssue[]
  /** Takes the free texts out of a result: they may name a household and are kept encrypted. */
  split: (result: R) => ResultParts
  /** Its result names files of the obligation in `evidence`; all of them where it names none. */
  takesEvidence: boolean
  /** What its day comes from: the working days of its level, or whoever registers it. */
  limit: 'working-days' | 'fixed-day'
  /** Whether it is about a household. */
  household: 'required' | 'optional' | 'none'
  title: (of: Columns & { facts: F }) => string
  /** A campaign closes without waiting for it. */
  outlivesCampaign: boolean
  /** A leader may close it unfinished, with a reason. */
  waivable: boolean
  /** What acceptance brings about. */
  follows: (done: Done<F, R>) => Following[]
  /** What it found wrong, which acceptance registers as problems (R12, R18); nothing where all is well. */
  foundWrong: (done: { facts: F; result: R }) => Wrong[]
  /** What a mail asks of whoever has the turn, without the day. */
  mail: Record<Stage, string>
  ledger: readonly LedgerColumn<F, R>[]
}

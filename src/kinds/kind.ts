import type { z } from 'zod'
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

/** Who brings an obligation of a kind about. */
export type Beginning = 'template' | 'import' | 'person' | 'system'

/** What is known when an obligation begins, as `obligations.facts` keeps it. */
export type Facts = { [field: string]: unknown }
/** What is handed in. The note is kept encrypted with the event, the rest in `obligations.result`. */
export type Result = { note?: string | undefined; [field: string]: unknown }

/** What every obligation has, whatever its kind. */
export type Columns = { level: Level | null; cause: Cause | null }
export type LedgerRow<F = Facts, R = Result> = Columns & {
  externalId: string | null
  title: string
  state: State
  officeName: string
  group: Group | null
  source: Source | null
  issuedOn: Day
  dueOn: Day
  everLate: boolean
  facts: F
  result: R | null
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

/** An obligation that follows from an accepted one, for the same office and household. */
export type Following = { kind: Kind; facts: Facts }

/** All the product knows about one kind of obligation. A new kind is one such file and one line of the registry. */
export type KindDefinition<F = Facts, R = Result> = {
  code: Kind
  label: string
  begins: readonly Beginning[]
  /** The phase it belongs to when no template says so. */
  phase: Phase | null
  facts: z.ZodType<F>
  result: z.ZodType<R>
  /** A result such as an officer hands in, for the demonstration and the rehearsal. `pick` chooses one of a list. */
  sampleResult: (pick: <T>(of: readonly T[]) => T) => R
  /** The refusal of a field that is missing, by its pointer, where zod's own words would not do. */
  refusals: Readonly<Record<string, Omit<ResultIssue, 'pointer'>>>
  /** Checks between fields, of a result that fits its schema. */
  check: (given: { facts: F; result: R }) => ResultIssue[]
  /** Its result names files of the obligation in `evidence`; all of them where it names none. */
  takesEvidence: boolean
  /** What its day comes from: the working days of its level, or whoever registers it. */
  limit: 'working-days' | 'fixed-day'
  /** Whether it is about a household. */
  household: 'required' | 'optional' | 'none'
  title: (of: Columns & { facts: F }) => string
  /** A campaign closes without waiting for it. */
  outlivesCampaign: boolean
  /** What acceptance brings about. */
  follows: (done: { facts: F; result: R }) => Following[]
  /** What a mail asks of whoever has the turn, without the day. */
  mail: Record<Stage, string>
  ledger: readonly LedgerColumn<F, R>[]
}

type Optional = 'phase' | 'takesEvidence' | 'refusals' | 'check' | 'outlivesCampaign' | 'follows'
type Given<F, R> = Omit<KindDefinition<F, R>, Optional> & Partial<Pick<KindDefinition<F, R>, Optional>>

/** A kind with its own types of facts and result, made fit for the registry: what comes in is parsed first. */
export function defineKind<F extends Facts, R extends Result>(given: Given<F, R>): KindDefinition {
  const { facts, result, check, follows } = given
  const both = (of: { facts: Facts; result: Result }) => ({
    facts: facts.parse(of.facts),
    result: result.parse(of.result),
  })
  return {
    phase: null,
    takesEvidence: false,
    refusals: {},
    outlivesCampaign: false,
    ...given,
    check: (of) => check?.(both(of)) ?? [],
    follows: (of) => follows?.(both(of)) ?? [],
    title: (of) => given.title({ ...of, facts: facts.parse(of.facts) }),
    ledger: given.ledger.map((column) => ({ ...column, value: (row) => column.value(typed(row)) })),
  }

  function typed(row: LedgerRow): LedgerRow<F, R> {
    return {
      ...row,
      facts: facts.parse(row.facts),
      result: row.result === null ? null : result.parse(row.result),
    }
  }
}

import type { Pool } from '../db/pool.ts'
import type { Day } from '../domain/time/days.ts'
import type { Responder } from './responder.ts'
import type { Sink } from './sink.ts'

export const FAULTS = [
  'suppress-firing',
  'double-mail',
  'lie-standing',
  'leave-out-performer',
  'double-standing',
  'paused-reminded',
  'swallow-extension',
  'forget-promise',
  'unlink-hit',
  'forget-visits',
  'moved-untold',
  'recount-aloud',
  'undone-told',
  'merged-reminded',
] as const
export type Fault = (typeof FAULTS)[number]

export type RehearsalOptions = {
  year: number
  /** The platform's export; its rows are registered when they were issued. */
  warningsFile: string
  seed: number
  /** A part of the year; rows issued before it come in on its first morning. */
  from?: Day
  to?: Day
  /** Only for the report: whoever starts the workers plants the fault (faults.ts). */
  fault?: Fault
  onProgress(line: string): void
}

export type RehearsalParts = {
  baseUrl: string
  token: string
  /** For the clock and quiescence only: officers act over HTTP, and the reconciliation looks at the SMTP side. */
  pool: Pool
  sink: Sink
  /**
   * Called by the workers when they run in this process, so that quiescence is noticed sooner. Nothing else
   * depends on it.
   */
  answers?: Responder
}

export type Finding = { count: number; examples: string[] }

export type RehearsalReport = {
  year: number
  seed: number
  fault: string | null
  clean: boolean
  from: Day
  to: Day
  wallSeconds: number
  /** How much of it was spent waiting for quiescence. */
  waitSeconds: number
  steps: number
  httpCalls: number
  rows: { registered: number; refused: number; duplicates: number }
  actions: Record<string, number>
  mails: { total: number; byKind: Record<string, number>; perPersonAndWeek: Record<string, number> }
  lines: { owed: number; got: number; byKind: Record<string, number> }
  /** Owed, but nobody got it. */
  missing: Finding
  /** Said twice to one person in one round, in one mail or under two Message-IDs. */
  doubled: Finding
  /** Somebody got a line that was not owed to them. */
  misdirected: Finding
  /** Accepted by SMTP after the round it was owed in, or a reminder owed only after its due day. */
  late: Finding
  /** A mail says of how things stand something else than an independent count. */
  untrue: Finding
  /** The check of a working day, or an override, that a mail leaves out, adds or tells otherwise. */
  ofCounty: Finding
  /** A decision about more time, a pause or a hand-over, or a promise, that a mail leaves out, adds or tells otherwise. */
  ofLife: Finding
  /** An act that this part of the year has to have and has not: its check would pass on nothing. */
  neverPlayed: Finding
  /** Households, entries, comparisons of the quota, checks, problems, hits or visits that the product and the expectation count differently. */
  wrongCount: Finding
  /** Late, and the performer was not told so within five working days. */
  untold: Finding
  /** A weekly standing that is missing, or a mail about nothing. */
  weekly: Finding
  /** More than one digest a working day beside urgent red ones. */
  tooMany: Finding
  /** A step without quiescence after 30 s of wall time. */
  unsettled: Finding
  /** Due days that the product and the expectation count differently. */
  wrongDue: Finding
  /** What officers or the file were refused unexpectedly. */
  refusedActions: Finding
  /** The same Message-ID accepted again: harmless, listed apart. */
  retransmitted: number
}

const EXAMPLES = 10

export function finding(all: readonly string[]): Finding {
  return { count: all.length, examples: all.slice(0, EXAMPLES) }
}

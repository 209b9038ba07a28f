import type { Pool } from '../db/pool.ts'
import type { Day } from '../domain/time/days.ts'
import type { Responder } from './responder.ts'
import type { Sink } from './sink.ts'

export type Fault = 'suppress-firing' | 'double-mail'
export const FAULTS: readonly Fault[] = ['suppress-firing', 'double-mail']

export type RehearsalOptions = {
  year: number
  /** The platform's export; its rows are registered when they were issued. */
  warningsFile: string
  seed: number
  /** A part of the year; rows issued before it come in on its first morning. */
  from?: Day
  to?: Day
  /** Only for the report: whoever starts the workers plants it (faults.ts). */
  fault?: Fault
  onProgress(line: string): void
}

export type RehearsalParts = {
  baseUrl: string
  token: string
  /** For the clock and for "settled" only: officers act over HTTP, the account looks at the SMTP side. */
  pool: Pool
  sink: Sink
  /** Rung by the workers, where they run in this process: settling is noticed sooner, and nothing else depends on it. */
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
  /** How much of it was spent waiting for the product to settle. */
  waitSeconds: number
  steps: number
  httpCalls: number
  rows: { registered: number; refused: number; duplicates: number }
  actions: Record<string, number>
  mails: { total: number; byKind: Record<string, number> }
  lines: { owed: number; got: number; byKind: Record<string, number> }
  /** Owed, and nobody got it. */
  missing: Finding
  /** Said twice to one person in one round, in one mail or in two of different Message-IDs. */
  doubled: Finding
  /** Somebody got a line that was not owed to them. */
  misdirected: Finding
  /** Accepted by SMTP after the round it was owed in. */
  late: Finding
  /** A step that had not settled after 30 s of wall time. */
  unsettled: Finding
  /** Due days the product counted otherwise than the account. */
  wrongDue: Finding
  /** What officers or the file were refused, unexpectedly. */
  refusedActions: Finding
  /** The same Message-ID accepted again: harmless, listed apart. */
  retransmitted: number
}

const EXAMPLES = 10

export function finding(all: readonly string[]): Finding {
  return { count: all.length, examples: all.slice(0, EXAMPLES) }
}

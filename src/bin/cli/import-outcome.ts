import type { ChangeCounts } from './change-counts.ts'
import type { Forecast } from './late-words.ts'
import type { ShownChange } from './shown-change.ts'
import type { TakenBack } from './undo-words.ts'

/** What the command needs of an import's body (contract/api/imports.ts). */
export type ImportOutcome = {
  id: string
  state: string
  filename: string
  silent: boolean
  dryRun?: boolean
  rows: number
  accepted: number
  duplicates: number
  changed: number
  refused: number
  remarked: number
  registered: number
  forecast: Forecast | null
  problem: { code?: string; message: string } | null
  undone: ({ cancelled: number; forgotten?: number; kept: string[] } & TakenBack) | null
  kind: string
  errors: ShownError[]
  errorGroups: { rule: string; column: string; rows: number; message: string }[]
}
export type ShownError = {
  row: number
  column: string
  rule: string
  message: string
  found: string | null
  /** The warning's number in that row, where it is known. */
  externalId?: string | null
}

/** What the words of an import rest on besides its outcome. */
export type ImportSetting = {
  /** How many rows were written to the file of errors; null when none was asked for. */
  written?: number | null
  errorsFile?: string | undefined
  /** Whether that file holds the rows themselves; else it is a list of problems. */
  mendable?: boolean
  /** Where the rows stand that came again changed. */
  changes?: ChangeCounts | undefined
  /** Those rows themselves, for whoever is asked about them next. */
  changed?: readonly ShownChange[] | undefined
  /** Whether what comes next is asked for, so that no command for it is told. */
  asks?: boolean
  /** Whether a file of the run was told before: explanations are left out. */
  again?: boolean
  /** Whether the rows were told before. */
  brief?: boolean
  /** A command as this user can type it. */
  command: (args: string) => string
}

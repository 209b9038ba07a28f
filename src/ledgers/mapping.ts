import type { Cause, Group, Level, Source } from '../domain/obligation/vocabulary.ts'
import type { Field } from './columns.ts'

/** What a county said about a file's columns: the name as the file writes it, and the field it fills; null for none. */
export type ColumnMapping = Readonly<Record<string, Field | null>>

/** What a county said about words that its files use: the word as it stands in the cell, and what it means. */
export type WordMapping = {
  level?: Readonly<Record<string, Level>>
  cause?: Readonly<Record<string, Cause>>
  group?: Readonly<Record<string, Group>>
  source?: Readonly<Record<string, Source>>
  /** The code of the office. */
  town?: Readonly<Record<string, string>>
}

/** How sure it is that a column fills a field: taken without a question, proposed, or not known. */
export type Confidence = 'certain' | 'likely' | 'none'

/** A column of a file, with up to three values of it, masked. */
export type ColumnProposal = {
  name: string
  samples: string[]
  field: Field | null
  confidence: Confidence
}

/** What was found in a file's head. `head` is the same for two files with the same columns. */
export type Survey = { head: string; columns: ColumnProposal[]; missing: Field[] }

/** Thrown when a file's columns cannot be known without asking (R11). */
export class MappingNeeded extends Error {
  override readonly name = 'MappingNeeded'
  readonly survey: Survey
  constructor(survey: Survey) {
    super('columns of the file must be mapped')
    this.survey = survey
  }
}

/** A sheet of a workbook that may be the one meant, and how many rows stand below its head. */
export type SheetProposal = { name: string; rows: number }

/** Thrown when several sheets of a workbook could be meant. What its columns are is asked once one is taken. */
export class SheetNeeded extends MappingNeeded {
  readonly sheets: readonly SheetProposal[]
  /** @param head the same for two workbooks with these sheets */
  constructor(sheets: readonly SheetProposal[], head: string) {
    super({ head, columns: [], missing: [] })
    this.sheets = sheets
  }
}

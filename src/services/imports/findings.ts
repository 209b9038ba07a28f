import type { SkippedRow } from '../../ledgers/decorations.ts'
import type { ColumnProposal, SheetProposal, Survey } from '../../ledgers/mapping.ts'
import type { UnknownWord as WordOfFile } from '../../ledgers/unknown-words.ts'
import { findingsContext } from '../vault/encryption-context.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'
import type { ImportRow } from './store.ts'

/** A word of a file that nobody has explained, and how many rows have it. */
export type UnknownWord = WordOfFile & {
  /** The office that the word stood for, where that office has gone. */
  formerly?: string | undefined
}

/** What was found in a file and not understood, or passed over. */
export type Findings = {
  /** While columns are asked for; null otherwise. */
  survey: Survey | null
  /** The columns of a file that was read. */
  names: string[]
  /** The field that each of them fills, by its code; null for none. */
  fields: (string | null)[]
  /** Values of each, masked; and whether its name says what it is. Earlier releases kept neither. */
  samples: string[][]
  byName: boolean[]
  words: UnknownWord[]
  skipped: SkippedRow[]
  /** While the sheet of a workbook is asked for; empty otherwise. */
  sheets: SheetProposal[]
  /** What was told about the file as a whole. */
  notes: string[]
  /** The sheet that was read; null of a text, which has none. Earlier releases did not keep it. */
  sheetRead: string | null
  /** The sheets of a workbook among which one was meant, until it is registered; null where one alone could be. */
  candidates: string | null
  /** The sheets that could have been meant and were not read. */
  otherSheets: string[]
}

export const NO_FINDINGS: Findings = {
  survey: null,
  names: [],
  fields: [],
  samples: [],
  byName: [],
  words: [],
  skipped: [],
  sheets: [],
  notes: [],
  sheetRead: null,
  candidates: null,
  otherSheets: [],
}

const MOST = { columns: 200, words: 200, skipped: 50, sheets: 100, notes: 20, samples: 3 } as const
const LONGEST = 60

/** The columns of an import's row for its findings; they name the file's own words, so they are encrypted. */
export function encryptedFindings(
  keys: Keyring,
  importId: string,
  findings: Findings,
): Pick<ImportRow, 'findingsEncrypted' | 'findingsKeyId'> {
  if (isEmpty(findings)) return FINDINGS_DROPPED
  const plain = Buffer.from(JSON.stringify(bounded(findings)))
  const findingsEncrypted = encryptBytes(keys, findingsContext(importId), plain)
  return { findingsEncrypted, findingsKeyId: keys.keyId }
}

export const FINDINGS_DROPPED = { findingsEncrypted: null, findingsKeyId: null } as const

/** @throws UnknownKey, DecryptionFailed */
export function findingsOf(
  keys: Keyring,
  { id, findingsEncrypted, findingsKeyId }: Pick<ImportRow, 'id' | 'findingsEncrypted' | 'findingsKeyId'>,
): Findings {
  if (findingsEncrypted === null) return NO_FINDINGS
  const plain = decryptBytes(keys, findingsContext(id), findingsEncrypted, findingsKeyId)
  return { ...NO_FINDINGS, ...(JSON.parse(plain.toString()) as Partial<Findings>) }
}

function isEmpty({ survey, sheetRead, candidates, ...lists }: Findings): boolean {
  const none = survey === null && sheetRead === null && candidates === null
  return none && Object.values(lists).every((list) => list.length === 0)
}

/** A file may have any number of columns and words; nobody reads more of them than this. */
function bounded(findings: Findings): Findings {
  const {
    survey,
    names,
    fields,
    samples,
    byName,
    words,
    skipped,
    sheets,
    notes,
    sheetRead,
    candidates,
    otherSheets,
  } = findings
  const cut = (text: string) => text.slice(0, LONGEST)
  const column = (c: ColumnProposal) => ({ ...c, samples: c.samples.slice(0, MOST.samples).map(cut) })
  const mostRowsFirst = [...words].sort((a, b) => b.rows - a.rows)
  return {
    survey: survey && { ...survey, columns: survey.columns.slice(0, MOST.columns).map(column) },
    names: names.slice(0, MOST.columns),
    fields: fields.slice(0, MOST.columns),
    samples: samples.slice(0, MOST.columns).map((few) => few.slice(0, MOST.samples).map(cut)),
    byName: byName.slice(0, MOST.columns),
    words: mostRowsFirst.slice(0, MOST.words).map((w) => ({ ...w, word: cut(w.word) })),
    sheets: sheets.slice(0, MOST.sheets),
    notes: notes.slice(0, MOST.notes),
    sheetRead,
    candidates,
    otherSheets: otherSheets.slice(0, MOST.sheets),
    skipped: skipped.slice(0, MOST.skipped).map(({ row, what }) => ({ row, what: cut(what) })),
  }
}

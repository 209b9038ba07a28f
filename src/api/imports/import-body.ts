import type { z } from 'zod'
import type { importBody, importSummary } from '../../contract/api/imports.ts'
import { type Actor, mayIn } from '../../domain/people/permissions.ts'
import { meaningsOf, type WordField } from '../../ledgers/word-fields.ts'
import type { Sql } from '../../db/pool.ts'
import { type Findings, findingsOf, type UnknownWord } from '../../services/imports/findings.ts'
import { errorGroups } from '../../services/imports/staging.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import { townsOf } from '../../services/people/offices.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { errorsWithFound } from './errors-found.ts'

type Body = z.infer<typeof importBody>
type Asked = NonNullable<Body['mapping']>

/** An import with the first of its errors, and what it asks. */
export async function importBodyOf(sql: Sql, keys: Keyring, one: ImportRow, reader: Actor): Promise<Body> {
  const findings = findingsOf(keys, one)
  return {
    ...importSummaryOf(one),
    errors: await errorsWithFound(sql, keys, one.id, reader),
    errorGroups: await errorGroups(sql, one.id),
    mapping: one.state === 'mapping-needed' ? await askedOf(sql, one, findings, reader) : null,
    columns: findings.names.map((name, i) => ({ name, field: findings.fields[i] ?? null })),
    unknownWords: findings.words,
    skipped: findings.skipped,
    notes: findings.notes,
    sheet: one.givenSheet,
  }
}

export function importSummaryOf(one: ImportRow): z.infer<typeof importSummary> {
  return { ...one, createdAt: iso(one.createdAt), finishedAt: isoOrNull(one.finishedAt) }
}

async function askedOf(
  sql: Sql,
  { county }: ImportRow,
  { survey, words, sheets }: Findings,
  reader: Actor,
): Promise<Asked> {
  const { columns = [], missing = [] } = survey ?? {}
  // Half of a name is still somebody's: for those alone who answer the question.
  const answers = reader.personal && mayIn(reader, 'imports:manage', county)
  return {
    columns: columns.map((column) => ({ ...column, samples: answers ? column.samples : [] })),
    missing,
    sheets,
    words,
    choices: await choicesOf(sql, county, words),
  }
}

/** What the unknown words can mean, by their fields. */
async function choicesOf(sql: Sql, county: string, words: readonly UnknownWord[]): Promise<Asked['choices']> {
  const fields = new Set(words.map(({ field }) => field))
  const towns = fields.has('town') ? await townsOf(sql, county) : []
  const choices = (field: WordField) => [...meaningsOf(field, towns)].map(([code, name]) => ({ code, name }))
  return Object.fromEntries([...fields].map((field) => [field, choices(field)]))
}

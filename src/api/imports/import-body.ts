import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { importBody, importSummary } from '../../contract/api/imports.ts'
import { withoutNumberOf } from '../../domain/obligation/without-number.ts'
import { maskName } from '../../domain/people/masking.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { isNeededWord, meaningsOf, type WordField } from '../../ledgers/word-meanings.ts'
import { fieldsToLack } from '../../ledgers/absent-fields.ts'
import type { Sql } from '../../db/pool.ts'
import { type Findings, findingsOf, type UnknownWord } from '../../services/imports/findings.ts'
import { type MendedApart, mendedApart } from '../../services/imports/mended-apart.ts'
import { hasDecided } from '../../services/imports/changes-store.ts'
import { errorGroups } from '../../services/imports/staging.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import { townsOf } from '../../services/people/offices.ts'
import { levelLimits } from '../../services/imports/level-limits.ts'
import { currentPolicy } from '../../services/schedule/policies.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { errorsWithFound } from './errors-found.ts'
import { withKeptSeen } from './kept-seen.ts'
import { rightsIn } from './may-settle.ts'

type Body = z.infer<typeof importBody>
type Asked = NonNullable<Body['mapping']>

/** An import with the first of its errors, and what it asks. */
export async function importBodyOf(sql: Sql, keys: Keyring, one: ImportRow, reader: Actor): Promise<Body> {
  const findings = findingsOf(keys, one)
  const { settles, cancels, reads } = await rightsIn(sql, reader, one)
  // Half of a name is still somebody's: for those alone whose file it is.
  const clear = reader.personal && reads
  const [shown = one] = await withKeptSeen(sql, [one])
  const apart = (await mendedApart(sql, [one])).get(one.id)
  const settled = apart?.settled ?? []
  return {
    ...importSummaryOf(shown, apart),
    settles,
    cancels,
    hasDecided: await hasDecided(sql, one.id),
    errors: await errorsWithFound(sql, keys, one, { actor: reader, reads, settled }),
    // Counting them reads all problems of the file, and whoever waits for a running import asks again and again.
    errorGroups: isRunning(one) ? [] : await errorGroups(sql, one.id, settled),
    mapping: one.state === 'mapping-needed' ? await askedOf(sql, one, findings, clear) : null,
    columns: columnsRead(findings, clear),
    unknownWords: shownWords(findings.words, clear),
    skipped: findings.skipped,
    notes: findings.notes,
    otherSheets: findings.otherSheets,
  }
}

/** What was taken for what, with how sure that is, and values to check it by. An earlier release kept neither. */
function columnsRead({ names, fields, samples, byName }: Findings, clear: boolean): Body['columns'] {
  return names.map((name, i) => {
    const field = fields[i] ?? null
    const taken = byName[i] === false ? ('likely' as const) : ('certain' as const)
    const confidence = field === null ? ('none' as const) : taken
    return { name, field, confidence, samples: clear ? (samples[i] ?? []) : [] }
  })
}

const MARK_BYTES = 6

/**
 * What an answer hangs on beside the import: what its reader may do, what became of its rows that were mended apart, and whether a change
 * was decided. A hash: numbers that rise and fall would meet in a sum.
 */
export async function markOf(sql: Sql, one: ImportRow, reader: Actor): Promise<number> {
  const { settles, cancels } = await rightsIn(sql, reader, one)
  const { mendedBy = [], settled = [] } = (await mendedApart(sql, [one])).get(one.id) ?? {}
  const versions = mendedBy.map(({ id, version }) => [id, version])
  const all = [settles, cancels, await hasDecided(sql, one.id), versions, settled]
  return createHash('sha256').update(JSON.stringify(all)).digest().readUIntBE(0, MARK_BYTES)
}

/** Whether the worker is at it. */
export function isRunning({ state }: Pick<ImportRow, 'state'>): boolean {
  return state === 'validating' || state === 'applying' || state === 'undoing'
}

/** @param apart what became of its rows that were mended once it was registered */
export function importSummaryOf(
  one: ImportRow,
  apart: MendedApart | undefined,
): z.infer<typeof importSummary> {
  return {
    ...one,
    refusedLeft: one.refused - (apart?.settled.length ?? 0),
    mends: apart?.mends ?? null,
    mendedBy: apart?.mendedBy ?? [],
    sheet: one.givenSheet,
    createdAt: iso(one.createdAt),
    finishedAt: isoOrNull(one.finishedAt),
  }
}

async function askedOf(
  sql: Sql,
  one: ImportRow,
  { survey, words, sheets }: Findings,
  clear: boolean,
): Promise<Asked> {
  const { columns = [], missing = [] } = survey ?? {}
  return {
    columns: columns.map((column) => ({ ...column, samples: clear ? column.samples : [] })),
    missing,
    mayLack: fieldsToLack(withoutNumberOf(await currentPolicy(sql, one.county))),
    sheets,
    words: shownWords(words, clear),
    choices: await choicesOf(sql, one, words),
  }
}

/** A word that nobody knows may be a name in the wrong column: whoever does not read it in the clear sees its first character. */
function shownWords(words: readonly UnknownWord[], clear: boolean): Body['unknownWords'] {
  return words.map(({ word, ...rest }) => ({
    ...rest,
    word: clear ? word : maskName(word),
    blocks: isNeededWord(rest.field),
  }))
}

/** What the unknown words can mean, by their fields. Of a town's file too it is any town: its rows of others are refused as such. */
async function choicesOf(sql: Sql, one: ImportRow, words: readonly UnknownWord[]): Promise<Asked['choices']> {
  const { county } = one
  const fields = new Set(words.map(({ field }) => field))
  const towns = fields.has('town') ? await townsOf(sql, county) : []
  const limits = fields.has('level') ? levelLimits(await currentPolicy(sql, county)) : {}
  const choices = (field: WordField) =>
    [...meaningsOf(field, towns)].map(([code, name]) => ({
      code,
      name,
      ...(field === 'level' && limits[code]),
    }))
  return Object.fromEntries([...fields].map((field) => [field, choices(field)]))
}

import type { Instant } from '../../domain/time/days.ts'
import type { ColumnMapping, WordMapping } from '../../ledgers/mapping.ts'
import { WORD_FIELDS } from '../../ledgers/word-meanings.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { importMappings, importWords } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { addAuditEvent } from '../audit/trail.ts'

const MAPPING = columns(importMappings, 'm', [
  ...(['id', 'county', 'head', 'columns', 'sheet', 'createdBy', 'createdAt', 'uses', 'lastUsedAt'] as const),
])
const WORD = columns(importWords, 'w', [
  ...(['id', 'county', 'field', 'word', 'meaning', 'createdBy', 'createdAt'] as const),
])
/** The newest file until then of which the same was said: a head is stored as a digest, which tells nobody anything. */
const FILE = computed<{ file: string | null }>({
  file: `(select i.filename from imports i
    where i.county = m.county and i.created_at <= m.created_at and i.reach is null
      and case when m.sheet is null then i.given_columns <> '{}' and m.columns @> i.given_columns
        else i.given_sheet = m.sheet end
    order by i.created_at desc, i.id desc limit 1)`,
})
const WITH_FILE = allOf(MAPPING, FILE)
export type RememberedMapping = RowsOf<typeof MAPPING>
export type ListedMapping = RowsOf<typeof WITH_FILE>
export type RememberedWord = RowsOf<typeof WORD>

/** What the county has said of heads, the newest first. */
export function rememberedMappings(sql: Sql, county: string): Promise<RememberedMapping[]> {
  const theirs = 'from import_mappings m where county = $1 and ended_at is null order by id desc'
  return selectRows(sql, MAPPING, theirs, [county])
}

/** The same for whoever reads them, each with the file of which it was said. */
export function listedMappings(sql: Sql, county: string): Promise<ListedMapping[]> {
  const theirs = 'from import_mappings m where county = $1 and ended_at is null order by id desc'
  return selectRows(sql, WITH_FILE, theirs, [county])
}

/** What the county has said of words. */
export function rememberedWords(sql: Sql, county: string): Promise<RememberedWord[]> {
  const theirs = 'from import_words w where county = $1 and ended_at is null order by field, word'
  return selectRows(sql, WORD, theirs, [county])
}

/** The county of a remembered mapping or word; undefined when nothing of that id is in force. */
export async function countyOfRemembered(sql: Sql, id: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ county: string }>(
    `select county from import_mappings where id = $1 and ended_at is null
     union all select county from import_words where id = $1 and ended_at is null`,
    [id],
  )
  return rows[0]?.county
}

/** Forgets one: the next file is asked about. The row stays, since the trail names it. */
export async function forgetRemembered(tx: Sql, id: string, now: Instant): Promise<void> {
  for (const table of ['import_mappings', 'import_words'])
    await tx.query(`update ${table} set ended_at = $2 where id = $1 and ended_at is null`, [id, ts(now)])
}

/** Who said it, about whose files, when; `wallNow` for the trail. */
export type Saying = { county: string; by: string; now: Instant; wallNow: Instant }

/** Remembers what was said of a head, for the next file with it. What was said before ends. */
export async function rememberColumns(
  tx: Sql,
  head: string,
  mapping: ColumnMapping,
  saying: Saying,
): Promise<void> {
  const ended = await tx.query(
    `update import_mappings set ended_at = $4 where county = $1 and head = $2 and ended_at is null and columns <> $3`,
    [saying.county, head, JSON.stringify(mapping), ts(saying.now)],
  )
  const { county, by, now } = saying
  const made = await insertRow(
    tx,
    importMappings,
    { id: newId('mp'), county, head, columns: mapping, createdBy: by, createdAt: now },
    {
      onConflict: '(county, head) where ended_at is null do nothing',
      returning: ['id'],
    },
  )
  const fields = Object.values(mapping).filter((field) => field !== null)
  if (made) await recordRemembered(tx, saying, made.id, { fields, instead: (ended.rowCount ?? 0) > 0 })
}

/**
 * Remembers which sheet is meant of workbooks with these sheets, or counts that it was meant again. Where another was meant before,
 * several are: a row without a sheet says so, and each such workbook is asked about.
 */
export async function rememberSheet(tx: Sql, head: string, said: string, saying: Saying): Promise<void> {
  const { county, by, now } = saying
  const before = (await rememberedMappings(tx, county)).find((mapping) => mapping.head === head)
  const sheet = before === undefined || before.sheet === said ? said : null
  const ended = await tx.query(
    `update import_mappings set ended_at = $4 where county = $1 and head = $2 and ended_at is null and sheet is distinct from $3`,
    [county, head, sheet, ts(now)],
  )
  const made = await insertRow(
    tx,
    importMappings,
    { id: newId('mp'), county, head, columns: {}, sheet, createdBy: by, createdAt: now },
    { onConflict: '(county, head) where ended_at is null do nothing', returning: ['id'] },
  )
  if (made) await recordRemembered(tx, saying, made.id, { sheet: true, instead: (ended.rowCount ?? 0) > 0 })
  else await countUse(tx, county, head, now)
}

/** Counts one more file that was read by what the county has said of its head. */
export async function countUse(tx: Sql, county: string, head: string, now: Instant): Promise<void> {
  await tx.query(
    `update import_mappings set uses = uses + 1, last_used_at = $3
      where county = $1 and head = $2 and ended_at is null`,
    [county, head, ts(now)],
  )
}

/** Remembers what was said of words, for all files to come. What was said of them before ends. */
export async function rememberWords(tx: Sql, words: WordMapping, saying: Saying): Promise<void> {
  for (const field of WORD_FIELDS)
    for (const [word, meaning] of Object.entries(words[field] ?? {}))
      await rememberWord(tx, { field, word, meaning }, saying)
}

async function rememberWord(
  tx: Sql,
  said: Pick<RememberedWord, 'field' | 'word' | 'meaning'>,
  saying: Saying,
): Promise<void> {
  const { county, by, now } = saying
  const { field, word, meaning } = said
  await tx.query(
    `update import_words set ended_at = $5
      where county = $1 and field = $2 and word = $3 and ended_at is null and meaning <> $4`,
    [county, field, word, meaning, ts(now)],
  )
  const made = await insertRow(
    tx,
    importWords,
    { id: newId('wd'), county, field, word, meaning, createdBy: by, createdAt: now },
    {
      onConflict: '(county, field, word) where ended_at is null do nothing',
      returning: ['id'],
    },
  )
  if (made) await recordRemembered(tx, saying, made.id, { field, meaning })
}

/** The trail names the row, which holds the words themselves: the trail takes no free text. */
async function recordRemembered(
  tx: Sql,
  { county, by, wallNow }: Saying,
  subject: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await addAuditEvent(tx, {
    ...{ atWall: wallNow, county, actor: by, action: 'mapping.remember', subject, outcome: 'done', detail },
  })
}

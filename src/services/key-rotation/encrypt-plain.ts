import type { Instant } from '../../domain/time/days.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import type { Result } from '../../kinds/kind.ts'
import { KINDS } from '../../kinds/kinds.ts'
import { mergeTexts, splitTexts } from '../../kinds/result-texts.ts'
import { inTransaction, type Pool, row, rows, type Sql } from '../../db/pool.ts'
import { obligations } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { updateRows } from '../../db/update-rows.ts'
import { addAuditEvent } from '../audit/trail.ts'
import { resultTextsOf, writeResultTexts } from '../obligations/result-texts.ts'
import type { Keyring } from '../vault/encryption.ts'
import { loadKeyring } from '../vault/keyring.ts'
import type { MasterKey } from '../vault/master-key.ts'
import { underRotationLock } from './lock.ts'

/** As many results as one transaction encrypts; each is a lock that somebody who acts may wait for. */
const BATCH = 200
const STORED = columns(obligations, 'o', ['id', 'result'])
type Stored = RowsOf<typeof STORED>
type TextKind = { code: Kind; texts: readonly string[] }

export type EncryptOptions = {
  /** The owner's pool. */
  pool: Pool
  masterKey: MasterKey
  onProgress?: (done: number, total: number) => void
  wallNow?: () => Instant
}

/**
 * Names of doers and other texts of results that earlier releases wrote in the clear are encrypted where they stand, batch by batch
 * while the service runs. Interrupted, the next call goes on with what is left. @returns how many results it encrypted
 * @throws RotationRuns while keys are rotated
 */
export function encryptPlainTexts(options: EncryptOptions): Promise<number> {
  const { pool, masterKey, onProgress = () => undefined, wallNow = Date.now } = options
  return underRotationLock(pool, async (session) => {
    const keys = await loadKeyring(session, masterKey)
    const total = await countPlainTexts(pool)
    let done = 0
    for (const kind of kindsWithTexts())
      for (;;) {
        const batch = await inTransaction(pool, (tx) => encryptBatch(tx, keys, kind, wallNow()))
        if (batch === 0) break
        done += batch
        onProgress(done, total)
      }
    return done
  })
}

/** How many results still have texts in the clear. */
export async function countPlainTexts(sql: Sql): Promise<number> {
  let total = 0
  for (const { code, texts } of kindsWithTexts()) {
    const count = `select count(*) as n from obligations o where ${isPlain('$1', '$2')}`
    total += (await row<{ n: number }>(sql, count, [code, texts.map(pathOf)]))?.n ?? 0
  }
  return total
}

/**
 * How many events of what was handed in name somebody in the clear. They are sealed, so nothing of them is written anew; whoever
 * may not read notes there is not shown these names (api/obligations/history.ts).
 */
export async function countNamingEvents(sql: Sql): Promise<number> {
  let total = 0
  for (const { code, texts } of kindsWithTexts()) {
    const count = `select count(*) as n from events e join obligations o on o.id = e.obligation
      where o.kind = $1 and e.action = 'submit' and ${hasSome('e.detail', '$2')}`
    total += (await row<{ n: number }>(sql, count, [code, texts.map(pathOf)]))?.n ?? 0
  }
  return total
}

function kindsWithTexts(): TextKind[] {
  return KINDS.filter(({ texts }) => texts.length > 0).map(({ code, texts }) => ({ code, texts }))
}

/** `steps.visit.by` as the array that SQL reads. */
function pathOf(path: string): string {
  return `{${path.split('.').join(',')}}`
}

function isPlain(kind: string, paths: string): string {
  return `o.kind = ${kind} and o.result is not null and ${hasSome('o.result', paths)}`
}

function hasSome(column: string, paths: string): string {
  return `exists (select from unnest(${paths}::text[]) p where ${column} #> p::text[] is not null)`
}

async function encryptBatch(
  tx: Sql,
  keys: Keyring,
  { code, texts }: TextKind,
  wall: Instant,
): Promise<number> {
  const plain = await selectRows(
    tx,
    STORED,
    `from obligations o where ${isPlain('$1', '$2')} order by o.id limit ${BATCH} for update`,
    [code, texts.map(pathOf)],
  )
  for (const stored of plain) await encryptOne(tx, keys, stored, texts)
  if (plain.length > 0)
    for (const { county, n } of await countiesOf(tx, plain))
      await addAuditEvent(tx, {
        ...{ atWall: wall, county, actor: 'owner', action: 'key.encrypt-texts', subject: code },
        ...{ outcome: 'done', detail: { results: n } },
      })
  return plain.length
}

/** What was written since then, encrypted, is newer and stays. */
async function encryptOne(
  tx: Sql,
  keys: Keyring,
  { id, result }: Stored,
  paths: readonly string[],
): Promise<void> {
  const { codes, texts } = splitTexts(result as Result, paths)
  await writeResultTexts(tx, keys, id, mergeTexts(texts, await resultTextsOf(tx, keys, id)))
  await updateRows(tx, obligations, ['id'], [{ id, result: codes }])
}

function countiesOf(tx: Sql, stored: readonly Stored[]): Promise<{ county: string; n: number }[]> {
  return rows(tx, 'select county, count(*) as n from obligations where id = any($1) group by 1', [
    stored.map(({ id }) => id),
  ])
}

import { TEXTS_ERASED } from '../../domain/obligation/event-labels.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import { reveals } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'
import { updateRows } from '../../db/update-rows.ts'
import { now } from '../schedule/clock.ts'
import { revealReasonContext } from '../vault/encryption-context.ts'
import { encryptBytes, type Keyring } from '../vault/encryption.ts'
import { OVERHEAD } from '../vault/aes.ts'
import { loadKeyring } from '../vault/keyring.ts'
import { PAST_OBLIGATIONS, recordErasure, type RetentionOptions } from './past-retention.ts'

export type ErasedTexts = { texts: number; reasons: number }

const REVEAL = columns(reveals, 'r', ['id', 'person', 'obligation', 'atWall'])
/** An emptied reason is an encrypted nothing. */
const HAS_REASON = `octet_length(r.encrypted_reason) > ${OVERHEAD}`
/** Whatever hangs on the obligation: nothing, a household, those of a screening. A reopened one has new texts once it is closed again. */
const DUE_TEXTS = `${PAST_OBLIGATIONS}
    and (exists (select from events e where e.obligation = o.id and e.encrypted_text is not null)
         or exists (select from reveals r where r.obligation = o.id and ${HAS_REASON}))`

/** Texts of the history, and reasons for reveals, that are past their retention. */
export const COUNT_TEXTS = `select
    (select count(*) from events e where e.encrypted_text is not null and e.obligation in (${PAST_OBLIGATIONS})) as texts,
    (select count(*) from reveals r where ${HAS_REASON} and r.obligation in (${PAST_OBLIGATIONS})) as reasons`

/** A batch of obligations past their retention loses its texts and reasons; both none once all are erased. */
export async function eraseDueTexts(tx: Sql, o: RetentionOptions): Promise<ErasedTexts> {
  const due = `${DUE_TEXTS} order by o.id limit $2 for update of o skip locked`
  const ids = (await rows<{ id: string }>(tx, due, [ts(o.before), o.batch ?? 1_000])).map(({ id }) => id)
  if (ids.length === 0) return { texts: 0, reasons: 0 }
  const erased = await eraseTexts(tx, await loadKeyring(tx, o.masterKey), ids)
  await recordErasure(tx, o, `obligation.${TEXTS_ERASED}`, { obligations: ids.length, ...erased })
  return erased
}

export async function eraseTexts(
  tx: Sql,
  keys: Keyring,
  obligations: readonly string[],
): Promise<ErasedTexts> {
  return {
    texts: await eraseHistory(tx, obligations),
    reasons: await emptyReasons(tx, keys, obligations),
  }
}

/**
 * Where no household says that it was anonymised, the history says itself that texts were erased: only before such an event may a
 * sealed text be missing (audit/chain-rows.ts).
 */
async function eraseHistory(tx: Sql, obligations: readonly string[]): Promise<number> {
  const erased = await row<{ texts: number }>(
    tx,
    `with erased as (
       update events set encrypted_text = null, key_id = null
        where obligation = any($1) and encrypted_text is not null returning obligation),
     marked as (
       insert into events (obligation, at, actor, action, state)
       select o.id, $2, 'owner', '${TEXTS_ERASED}', o.state from obligations o
        where o.id in (select obligation from erased)
          and not exists (select from subjects s where s.obligation = o.id and s.anonymised_wall is not null))
     select count(*) as texts from erased`,
    [obligations, ts(await now(tx))],
  )
  return erased?.texts ?? 0
}

async function emptyReasons(tx: Sql, keys: Keyring, obligations: readonly string[]): Promise<number> {
  const theirs = `from reveals r where obligation = any($1) and ${HAS_REASON} for update`
  const found = await selectRows(tx, REVEAL, theirs, [obligations])
  const empty = found.map(({ id, person, obligation, atWall }) => ({
    id,
    encryptedReason: encryptBytes(keys, revealReasonContext(person, obligation, atWall), Buffer.alloc(0)),
  }))
  await updateRows(tx, reveals, ['id'], empty, { keyId: keys.keyId })
  return found.length
}

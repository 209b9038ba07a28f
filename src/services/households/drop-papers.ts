import { inTransaction, rows, type Sql, ts } from '../../db/pool.ts'
import { lockContent } from '../attachments/store.ts'
import { PAST_OBLIGATIONS, recordErasure, type RetentionOptions } from './past-retention.ts'

/** Obligations of long closed campaigns whose words and files go, whether or not there is a household behind them. */
export const DUE_PAPERS = `${PAST_OBLIGATIONS}
    and (exists (select from problems p where p.obligation = o.id and p.encrypted is not null)
         or exists (select from attachments a where a.obligation = o.id and a.encrypted is not null))`

/** The words and files of a problem go together; that they were there stays. A file goes once nothing younger needs it. */
export async function dropPapers(o: RetentionOptions): Promise<number> {
  const dropped = await inTransaction(o.pool, async (tx) => {
    const ids = (await rows<{ id: string }>(tx, DUE_PAPERS, [ts(o.before)])).map((due) => due.id)
    if (ids.length === 0) return 0
    await tx.query('update problems set encrypted = null, key_id = null where obligation = any($1)', [ids])
    await tx.query('update attachments set encrypted = null, key_id = null where obligation = any($1)', [ids])
    await recordErasure(tx, o, 'attachment.drop', { obligations: ids.length })
    return ids.length
  })
  while ((await inTransaction(o.pool, dropContents)) > 0);
  return dropped
}

/** A file that hangs on something, and on nothing that still has it. Also what an interrupted run has left. */
const UNUSED = `f.encrypted is not null
    and exists (select from attachments a where a.county = f.county and a.digest = f.digest)
    and not exists (select from attachments a where a.county = f.county and a.digest = f.digest and a.encrypted is not null)`
/** Each is locked, and the server holds only so many locks. */
const FILES_AT_ONCE = 100

/**
 * Drops the content of some files. Somebody may upload the same content at this moment: whoever does is waited for, and what
 * hangs on it then is seen, since the file is judged again under its lock.
 * @returns how many were looked at
 */
async function dropContents(tx: Sql): Promise<number> {
  const found = await rows<{ digest: string }>(
    tx,
    `select f.digest from attachment_files f where ${UNUSED} order by f.digest limit $1`,
    [FILES_AT_ONCE],
  )
  const digests = found.map(({ digest }) => digest)
  for (const digest of digests) await lockContent(tx, digest)
  // Its digest could confirm a guess, and the same file may come again.
  await tx.query(
    `update attachment_files f set encrypted = null, key_id = null, digest = 'erased:' || gen_random_uuid()
      where f.digest = any($1) and ${UNUSED}`,
    [digests],
  )
  return digests.length
}

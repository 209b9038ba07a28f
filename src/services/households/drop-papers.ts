import { inTransaction, rows, ts } from '../../db/pool.ts'
import { PAST_OBLIGATIONS, recordErasure, type RetentionOptions } from './past-retention.ts'

/** Obligations of long closed campaigns whose words and files go, whether or not there is a household behind them. */
export const DUE_PAPERS = `${PAST_OBLIGATIONS}
    and (exists (select from problems p where p.obligation = o.id and p.encrypted is not null)
         or exists (select from attachments a where a.obligation = o.id and a.encrypted is not null))`

/** The words and files of a problem go together; that they were there stays. A file goes once nothing younger needs it. */
export function dropPapers(o: RetentionOptions): Promise<number> {
  return inTransaction(o.pool, async (tx) => {
    const ids = (await rows<{ id: string }>(tx, DUE_PAPERS, [ts(o.before)])).map((due) => due.id)
    if (ids.length === 0) return 0
    await tx.query('update problems set encrypted = null, key_id = null where obligation = any($1)', [ids])
    await tx.query('update attachments set encrypted = null, key_id = null where obligation = any($1)', [ids])
    // Its digest could confirm a guess, and the same file may come again.
    await tx.query(
      `update attachment_files f set encrypted = null, key_id = null, digest = 'erased:' || gen_random_uuid()
        where f.encrypted is not null and not exists (
          select from attachments a where a.county = f.county and a.digest = f.digest and a.encrypted is not null)`,
    )
    await recordErasure(tx, o, 'attachment.drop', { obligations: ids.length })
    return ids.length
  })
}

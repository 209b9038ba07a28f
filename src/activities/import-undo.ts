import { pokeWaitingTimelines } from '../db/campaign-store.ts'
import { now as businessNow } from '../db/clock-store.ts'
import { lockImport, updateImport } from '../db/import-store.ts'
import { inTransaction } from '../db/pool.ts'
import { cancelUntouched, noticeCorrection, touchedOf } from '../db/undo-store.ts'
import type { BaseDeps } from './deps.ts'

/** Takes an import back: cancels what nobody has touched, names the rest, and corrects what people were told. */
export async function undoRegistered(deps: BaseDeps, importId: string): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const found = await lockImport(tx, importId)
    if (found?.state !== 'undoing') return
    const now = await businessNow(tx)
    const kept = await touchedOf(tx, importId)
    await noticeCorrection(tx, { county: found.county, importId }, now)
    const gone = await cancelUntouched(tx, { importId, actor: found.actor }, now)
    await pokeWaitingTimelines(tx, gone, now)
    const undone = { cancelled: gone.length, kept }
    await updateImport(tx, importId, { state: 'undone', undone, finishedAt: now })
  })
}

import { pokeWaitingTimelines } from '../obligations/waiting-timelines.ts'
import { holdCalendar } from '../schedule/calendar.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { dropKept } from './staging.ts'
import { lockImport, updateImport } from './store.ts'
import { inTransaction } from '../../db/pool.ts'
import { cancelUntouched, eraseUnrevealed, lockUntouched, noticeCorrection, touchedOf } from './undo-store.ts'
import { restoreWithdrawn } from './restore-withdrawn.ts'
import { undoCorrections } from './undo-corrections.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'

/** Few enough for a beat in time on a machine that has much else to do. */
const BATCH = 100

/**
 * Takes an import back: cancels what nobody has touched, names the rest, restores what it has cancelled or corrected of others, and
 * tells people.
 */
export async function undoRegistered(
  deps: BaseDeps & EncryptionDeps,
  importId: string,
  beat: Heartbeat,
): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const found = await lockImport(tx, importId)
    if (found?.state !== 'undoing') return
    const now = await businessNow(tx)
    // Before the rows, as a change of days takes them.
    await holdCalendar(tx)
    const untouched = await lockUntouched(tx, importId)
    const kept = await touchedOf(tx, importId)
    beat(0)
    await noticeCorrection(tx, { county: found.county, importId }, now)
    let forgotten = 0
    for (let done = 0; done < untouched.length; done += BATCH) {
      beat(done)
      const obligations = untouched.slice(done, done + BATCH)
      await cancelUntouched(tx, { obligations, actor: found.actor }, now)
      forgotten += await eraseUnrevealed(tx, obligations)
    }
    beat(untouched.length)
    await pokeWaitingTimelines(tx, untouched, now)
    const withdrawn = await restoreWithdrawn(tx, deps, found, now)
    const { restored, left } = await undoCorrections(tx, deps.keys, found, now, beat)
    await dropKept(tx, importId)
    const undone = { cancelled: untouched.length, forgotten, kept, restored, left, ...withdrawn }
    await updateImport(tx, importId, { state: 'undone', undone, finishedAt: now })
  })
}

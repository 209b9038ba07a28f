import { existsSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { leftRunning } from './postgres-left.ts'
import { placeOutside } from './postgres-place.ts'
import { endProcess } from './processes.ts'

/** Removes the data of a place, wherever they lie, and first ends a server that a killed launcher left on them. */
export async function removePostgres(asked: string): Promise<void> {
  for (const home of [placeOutside(asked), asked]) {
    if (!home || !existsSync(home)) continue
    const left = leftRunning(join(realpathSync(home), 'data'))
    // There is nothing to save any more.
    if (left) await endProcess(left.mark, 'SIGQUIT', 5_000)
    rmSync(home, { recursive: true, force: true })
  }
}

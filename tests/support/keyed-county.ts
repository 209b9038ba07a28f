import { liveKeyring } from '../../src/engine/live-keyring.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { createCounty } from './county.ts'

export const START = instantAt('2022-06-06', '09:00')
export const MASTER = Buffer.alloc(32, 7)

/** The sample county with keys under `MASTER`, as a running service holds them. */
export async function createKeyedCounty({ everyMs }: { everyMs: number }) {
  const database = await createCounty(START)
  const live = await liveKeyring(database.pool, MASTER, { everyMs })
  return {
    ...{ database, live },
    async drop(): Promise<void> {
      await live.stop()
      await database.drop()
    },
  }
}
export type KeyedCounty = Awaited<ReturnType<typeof createKeyedCounty>>

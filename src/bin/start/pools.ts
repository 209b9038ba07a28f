import type { Logger } from 'pino'
import { createPool, type DatabaseRole, type Pool } from '../../db/pool.ts'
import type { RunningDatabase } from './database.ts'

/** The owner lays and migrates; everything that runs takes on a role that owns nothing. */
export type Pools = { owner: Pool; worker: Pool; api: Pool; gate: Pool; end(): Promise<void> }

const CONNECTIONS = { owner: 4, worker: 16, api: 12, gate: 4 }

export function openPools({ url, logins }: Pick<RunningDatabase, 'url' | 'logins'>, log: Logger): Pools {
  const onError = (error: Error) => log.warn({ code: error.name }, 'idle client lost')
  const as = (role: DatabaseRole, max: number) => createPool(logins[role] ?? url, { role, max, onError })
  const pools = {
    owner: createPool(url, { max: CONNECTIONS.owner, onError }),
    worker: as('duban_worker', CONNECTIONS.worker),
    api: as('duban_api', CONNECTIONS.api),
    gate: as('duban_gate', CONNECTIONS.gate),
  }
  return {
    ...pools,
    async end() {
      await Promise.all(Object.values(pools).map((pool) => pool.end()))
    },
  }
}

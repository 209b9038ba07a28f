import type { PoolClient } from 'pg'
import type { Pool } from '../../src/db/pool.ts'

/** A pool whose every other commit happens and is not heard of: what a crash just behind a transaction looks like. */
export function forgetfulPool(pool: Pool): Pool {
  let commits = 0
  const forgetful = (client: PoolClient) =>
    replacing(client, 'query', async (...args: Parameters<PoolClient['query']>) => {
      const result: unknown = await client.query(...args)
      if (String(args[0]) === 'commit' && ++commits % 2 === 0) throw new Error('the answer was lost')
      return result
    })
  return replacing(pool, 'connect', async () => forgetful(await pool.connect()))
}

/** The same object but for one method. */
function replacing<T extends object>(object: T, method: keyof T, by: unknown): T {
  return new Proxy(object, {
    get(target, key) {
      if (key === method) return by
      const value = Reflect.get(target, key) as unknown
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

import { realpathSync } from 'node:fs'
import pg from 'pg'

/** `ours`: it answers and its data are ours; `stranger`: another server; `refused`: the password is wrong; `silent`: not (yet) there. */
export type Answer = 'ours' | 'stranger' | 'refused' | 'silent'

/** Who answers at an address, by `SHOW data_directory`: a neighbour's server on the same port must not be mistaken for ours. */
export async function askPostgres(url: string, dir: string): Promise<Answer> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  // A server that falls while it is asked says so here; the query's own error is what counts.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return realpathSync(rows[0]?.data_directory ?? '/') === realpathSync(dir) ? 'ours' : 'stranger'
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'refused' : 'silent'
  } finally {
    await client.end().catch(() => undefined)
  }
}

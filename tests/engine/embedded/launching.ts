import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type RunningPostgres, startPostgres } from '../../../src/engine/embedded/postgres-server.ts'
import { removePostgres } from '../../../src/engine/embedded/postgres-data.ts'

/** A folder of a test's own, and PostgreSQL on it. */
export function makePlace() {
  const dir = mkdtempSync(join(tmpdir(), 'duban-launch-'))
  chmodSync(dir, 0o711)
  return {
    dir,
    start: ({ password = 'p/w 1', durable = false } = {}) =>
      startPostgres({
        dir: join(dir, 'postgres'),
        password,
        logFile: join(dir, 'logs', 'postgres.log'),
        durable,
      }),
    async remove() {
      await removePostgres(join(dir, 'postgres'))
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export async function query<T>({ url }: Pick<RunningPostgres, 'url'>, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as T[]
  } finally {
    await client.end()
  }
}

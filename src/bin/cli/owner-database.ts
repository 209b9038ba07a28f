import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MasterKey } from '../../services/vault/master-key.ts'
import { createPool, type Pool } from '../../db/pool.ts'
import { holderOf, openDataDir } from '../../engine/embedded/data-dir.ts'
import { startPostgres } from '../../engine/embedded/postgres-server.ts'
import { CliError } from './cli-error.ts'
import type { Config } from '../config/config-schema.ts'
import { masterKeyOf } from '../start/master-key.ts'

/** What a command of the administrator works with: the database as its owner, and the master key. */
export type OwnerDatabase = { pool: Pool; masterKey: MasterKey }

/**
 * Runs a command on the database the configuration names, or on the embedded one of the data directory, whether the service
 * runs there at the moment or not.
 * @throws CliError when there is no database, or no master key
 */
export async function withOwner<T>(config: Config, work: (owner: OwnerDatabase) => Promise<T>): Promise<T> {
  const masterKey = masterKeyOf(config)
  const database = config.DATABASE_URL
    ? { url: config.DATABASE_URL, end: async () => undefined }
    : await embedded(config.DUBAN_DATA)
  const pool = createPool(database.url, { max: 4 })
  try {
    return await work({ pool, masterKey })
  } finally {
    await pool.end()
    await database.end()
  }
}

async function embedded(dir: string): Promise<{ url: string; end(): Promise<void> }> {
  if (!existsSync(join(dir, 'postgres')))
    throw new CliError(`${dir} 里没有数据库。请用 --data 指明服务的数据目录,或设置 DATABASE_URL。`)
  if (holderOf(dir) !== null) return { url: runningUrl(dir), end: async () => undefined }
  const data = openDataDir(dir)
  const postgres = await startPostgres({
    dir: data.file('postgres'),
    password: data.secret('postgres-password', 24),
    logFile: data.file('logs/postgres.log'),
  }).catch((error: unknown) => {
    data.release()
    throw error
  })
  return {
    url: postgres.url,
    async end() {
      await postgres.stop()
      data.release()
    },
  }
}

/** The service writes where each of its parts is. */
function runningUrl(dir: string): string {
  type Runtime = { parts: { name: string; detail?: string }[] }
  const read = (name: string) => readFileSync(join(dir, name), 'utf8').trim()
  const runtime = existsSync(join(dir, 'runtime.json')) ? (JSON.parse(read('runtime.json')) as Runtime) : null
  const detail = runtime?.parts.find((p) => p.name === 'database')?.detail ?? ''
  const [address] = /^127\.0\.0\.1:\d+/.exec(detail) ?? []
  if (!address) throw new CliError('服务正在启动,请稍候再试。')
  return `postgres://duban:${encodeURIComponent(read('postgres-password'))}@${address}/postgres`
}

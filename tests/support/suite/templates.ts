import pg from 'pg'
import { migrate } from '../../../src/db/migrate.ts'
import { createPool, inTransaction } from '../../../src/db/pool.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'

/** `empty` is migrated; `county` holds the sample county as well. A test's database is cloned from one of them. */
export const TEMPLATES = { empty: 'duban_template', county: 'duban_county' } as const
export type TemplateName = keyof typeof TEMPLATES

export async function makeTemplates(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // Hundreds of small databases that live for seconds are not worth tidying up.
  for (const setting of ['autovacuum', 'wal_compression'])
    await client.query(`alter system set ${setting} = off`)
  await client.query('select pg_reload_conf()')
  await client.query(`create database ${TEMPLATES.empty}`)
  await migrate(databaseUrl(url, TEMPLATES.empty))
  await client.query(`create database ${TEMPLATES.county} template ${TEMPLATES.empty}`)
  await seedSample(databaseUrl(url, TEMPLATES.county))
  await client.end()
}

export function databaseUrl(url: string, name: string): string {
  return url.replace(/\/[^/]*$/, `/${name}`)
}

/** The policy is from the beginning of time: it holds whenever a test begins. */
async function seedSample(url: string): Promise<void> {
  const pool = createPool(url, { max: 1 })
  const offices = await readSampleOffices()
  await inTransaction(pool, (tx) => seedCounty(tx, offices, 0))
  await pool.end()
}

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createPool, type Pool } from '../../src/db/pool.ts'
import { wrongHolders } from './holders.ts'
import { databaseUrl, type TemplateName, TEMPLATES } from './suite/templates.ts'

export type TestDatabase = { name: string; url: string; pool: Pool; drop(): Promise<void> }

/** A database of its own: migrated, and with the sample county in it where a test asks for one. */
export function createTestDatabase(template: TemplateName = 'empty'): Promise<TestDatabase> {
  return copyDatabase(TEMPLATES[template])
}

/** @param template a database to which nobody is connected */
export async function copyDatabase(template: string): Promise<TestDatabase> {
  const admin = inject('postgresUrl')
  const name = `t_${randomBytes(6).toString('hex')}`
  // Copying files takes a fifth of the time of the usual way, which writes every page to the log.
  await askAdmin(admin, `create database ${name} template ${template} strategy file_copy`)
  const url = databaseUrl(admin, name)
  const pool = createPool(url)
  return {
    name,
    url,
    pool,
    /**
     * Ends who is still connected. The files stay until the server goes: dropping a database costs more than making it.
     * @throws Error where a row of `obligations` carries another open assignment than `assignments` has
     */
    async drop() {
      try {
        const wrong = await wrongHolders(pool)
        if (wrong.length > 0)
          throw new Error(`obligations differ from their assignments: ${wrong.join(', ')}`)
      } finally {
        await pool.end()
        await askAdmin(
          admin,
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
        )
      }
    },
  }
}

async function askAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createPool, type Pool } from '../../src/db/pool.ts'
import { wrongHolders } from './holders.ts'

export type TestDatabase = { url: string; pool: Pool; drop(): Promise<void> }

/** A database of its own, cloned from the migrated template: some 50 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = inject('postgresUrl')
  const name = `t_${randomBytes(6).toString('hex')}`
  await asAdmin(admin, `create database ${name} template duban_template`)
  const url = admin.replace(/\/[^/]*$/, `/${name}`)
  const pool = createPool(url)
  return {
    url,
    pool,
    /** @throws Error where a row of `obligations` carries another open assignment than `assignments` has. */
    async drop() {
      const wrong = await wrongHolders(pool)
      await pool.end()
      await asAdmin(admin, `drop database if exists ${name} with (force)`)
      if (wrong.length > 0) throw new Error(`obligations differ from their assignments: ${wrong.join(', ')}`)
    },
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Two files may clone at once; the template allows one at a time.
    for (let attempt = 1; ; attempt++)
      try {
        await client.query(statement)
        return
      } catch (error) {
        if ((error as { code?: string }).code !== '55006' || attempt === 50) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
  } finally {
    await client.end()
  }
}

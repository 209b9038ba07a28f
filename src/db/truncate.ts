import { rows, type Sql } from './pool.ts'

/**
 * Empties every table, the schema stays. Only for data that were made up. Data keys stay too: a process that runs has taken
 * them on.
 */
export async function clearFacts(sql: Sql): Promise<void> {
  const tables = await rows<{ name: string }>(
    sql,
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not in ('data_keys', 'editions')`,
  )
  await sql.query(`truncate ${tables.map((t) => t.name).join(', ')} restart identity cascade`)
}

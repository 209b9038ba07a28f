import { rows, type Sql } from '../../db/pool.ts'

/** The names of offices and people. */
export type Names = { office: (code: string) => string; person: (id: string) => string }

/** The names of the directory, as far as the reader may see it. */
export async function readNames(sql: Sql): Promise<Names> {
  const found = await rows<{ id: string; name: string }>(
    sql,
    'select code as id, name from offices union all select id, name from people',
  )
  const names = new Map(found.map(({ id, name }) => [id, name]))
  return { office: (code) => names.get(code) ?? code, person: (id) => names.get(id) ?? '' }
}

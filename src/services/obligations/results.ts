import type { Facts, Result } from '../../kinds/kind.ts'
import type { Sql } from '../../db/pool.ts'
import { obligations } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'
import { readFacts, readResult } from './facts.ts'

const RESULT = columns(obligations, 'o', ['id', 'kind', 'facts', 'result'])

/** What is known of obligations and what was handed in, without its texts. @throws UnreadableObligation */
export async function resultsOf(
  sql: Sql,
  ids: readonly string[],
): Promise<Map<string, { facts: Facts; result: Result | null }>> {
  const found = await selectRows(sql, RESULT, 'from obligations o where id = any($1)', [ids])
  return new Map(
    found.map((row) => [row.id, { facts: readFacts(row, row.facts), result: readResult(row, row.result) }]),
  )
}

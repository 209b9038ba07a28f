import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import pg from 'pg'
import { Transaction } from './transaction.ts'
import { beginMemo, endMemo } from './transaction-memo.ts'

/** Anything SQL can be sent to: the pool, or one client inside a transaction. */
export type Sql = Pick<pg.PoolClient, 'query'>
export type Pool = pg.Pool

const TIMESTAMPTZ = 1184
const DATE = 1082
const INT8 = 20
const NUMERIC = 1700

/** Instants arrive as milliseconds, days as text, counts as numbers: the forms the domain uses. */
const parsers = new Map<number, (text: string) => unknown>([
  [TIMESTAMPTZ, (text) => new Date(text).getTime()],
  [DATE, (text) => text],
  [INT8, Number],
  [NUMERIC, Number],
])

export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format as 'text'),
}

/** Roles that own nothing (migrations/0002_row_security.sql); without one the pool is the owner's. */
export type DatabaseRole = 'duban_api' | 'duban_gate' | 'duban_worker'

/**
 * A pool on the facts. `onError` hears of idle clients that broke: the pool replaces them by itself. Statements go out as they
 * are asked for, and the server takes them in their order: what is asked together costs little more than half of what is asked one by one
 * (docs/benchmarks.md). It takes no streams of COPY.
 */
export function createPool(
  url: string,
  options: { max?: number; role?: DatabaseRole; onError?: (error: Error) => void } = {},
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    pipeline: true,
    types,
    // Text output of timestamps must carry an offset that Date understands. A role set here is what RESET falls back on.
    options: `-c timezone=UTC -c datestyle=ISO${options.role ? ` -c role=${options.role}` : ''}`,
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', (error) => options.onError?.(error))
  // A client that breaks in the middle of a transaction says so twice: its query fails, which is heard, and it emits an
  // error, which would end the process when nobody listens.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    prepareStatements(client)
  })
  return pool
}

/**
 * Each statement with values is prepared once on its connection: to plan one under row security anew each time takes
 * milliseconds.
 */
function prepareStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  const hold = leavingTogether(client)
  client.query = ((text: unknown, values: unknown, ...rest: unknown[]) => {
    hold()
    return typeof text === 'string' && Array.isArray(values)
      ? query({ name: statementName(text), text, values }, ...rest)
      : query(text, values, ...rest)
  }) as typeof client.query
}

/**
 * What is asked in one turn of the loop leaves in one piece: each piece by itself would wake the server, and it would answer
 * each by itself.
 */
function leavingTogether(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  let isHeld = false
  const letGo = () => {
    isHeld = false
    stream.uncork()
  }
  return () => {
    if (isHeld) return
    isHeld = true
    stream.cork()
    process.nextTick(letGo)
  }
}

/**
 * All of `work` or none of it.
 * @throws what made the transaction fail, not what was answered behind it
 */
export async function inTransaction<T>(pool: Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const tx = new Transaction(client, 'begin')
  let broken: Error | undefined
  try {
    beginMemo(tx)
    const result = await work(tx)
    await tx.commit()
    return result
  } catch (error) {
    await tx.end('rollback').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw error
  } finally {
    endMemo(tx)
    client.release(broken)
  }
}

/**
 * The rows of one statement. It is prepared once on each connection: a tick asks some fifteen small questions, and planning
 * them anew each time was a tenth of all work.
 */
export async function rows<T>(sql: Sql, text: string, values: unknown[] = []): Promise<T[]> {
  return (await sql.query({ name: statementName(text), text, values })).rows as T[]
}

/**
 * The same by one plan for all values, within a transaction. Left to itself PostgreSQL compares what it expects of a plan with
 * values and of one without, and plans many a list anew for each request: under row security that takes three times as long as to
 * read a page. Nothing waits for the two statements around it.
 */
export async function rowsByKeptPlan<T>(sql: Sql, text: string, values: unknown[]): Promise<T[]> {
  const around = [sql.query('set local plan_cache_mode = force_generic_plan')]
  const found = rows<T>(sql, text, values)
  around.push(sql.query('set local plan_cache_mode to default'))
  // Where one of them fails, the transaction has failed, and what is asked within it as well.
  for (const setting of around) setting.catch(() => undefined)
  return found
}

/**
 * The rest of a transaction by such plans: for what looks at single things, where planning an action anew under row security took
 * longer than doing it. What reads a whole ledger is planned for what it reads. A list read by `rowsByKeptPlan` ends it, and so does
 * going back to a savepoint before it.
 */
export function keepPlans(tx: Sql): void {
  tx.query('set local plan_cache_mode = force_generic_plan').catch(() => undefined)
}

const statementNames = new Map<string, string>()

/** The same text has the same name everywhere; texts put together from parts are few, so the map stays small. */
export function statementName(text: string): string {
  const known = statementNames.get(text)
  if (known) return known
  const name = createHash('sha256').update(text).digest('base64url')
  statementNames.set(text, name)
  return name
}

/** The first row of one statement, or undefined. */
export async function row<T>(sql: Sql, text: string, values: unknown[] = []): Promise<T | undefined> {
  return (await rows<T>(sql, text, values))[0]
}

/** An instant as a parameter. */
export function ts(instant: number): Date {
  return new Date(instant)
}

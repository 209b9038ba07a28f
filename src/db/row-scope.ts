import type pg from 'pg'
import { inTransaction, type Pool, rows, type Sql } from './pool.ts'

/** What row-level security knows of a request (migrations/0002_row_security.sql). */
export type ScopeContext = {
  person: string
  offices: readonly string[]
  counties: readonly string[]
  audit: boolean
}

/** One statement, prepared once on each connection. */
const SETTINGS = `select set_config('duban.person', $1, true), set_config('duban.offices', $2, true),
  set_config('duban.counties', $3, true), set_config('duban.acting', $4, true), set_config('duban.audit', $5, true)`

function settings({ person, offices, counties, audit }: ScopeContext, acting: boolean): string[] {
  // A code with a comma would be two codes.
  if ([...offices, ...counties].some((code) => code.includes(',')))
    throw new Error('an office has a comma in its code')
  const county = counties.join(',')
  return [person, offices.join(','), county, acting ? county : '', audit ? 'on' : '']
}

/** Whatever the owner does in this transaction is done in this county, as if a request acted there. */
export async function actIn(tx: Sql, county: string): Promise<void> {
  await rows(tx, `select set_config('duban.acting', $1, true)`, [county])
}

/** A writing transaction that sees and changes what the context allows, and nothing else. */
export async function inScope<T>(
  pool: Pool,
  context: ScopeContext,
  work: (tx: Sql) => Promise<T>,
): Promise<T> {
  const values = settings(context, true)
  return inTransaction(pool, (tx) => {
    // Where it fails, the transaction has failed, and what is asked within it as well.
    rows(tx, SETTINGS, values).catch(() => undefined)
    return work(tx)
  })
}

/**
 * One read-only transaction, opened by its first query: a request that asks nothing costs nothing. Its opening, what is asked
 * first and its end do not wait for each other.
 */
export class ScopedReads implements Sql {
  #client: Promise<pg.PoolClient> | null = null
  readonly #pool: Pool
  readonly #context: ScopeContext

  constructor(pool: Pool, context: ScopeContext) {
    this.#pool = pool
    this.#context = context
  }

  // One signature stands for the overloads of pg: all our statements are asked for with a promise.
  readonly query = (async (...args: Parameters<Sql['query']>) => {
    this.#client ??= this.#open()
    return (await this.#client).query(...args)
  }) as unknown as Sql['query']

  async #open(): Promise<pg.PoolClient> {
    const values = settings(this.#context, false)
    const client = await this.#pool.connect()
    // Where either fails, what is asked behind it fails as well, or has no context and sees no row.
    for (const opening of [client.query('begin read only'), rows(client, SETTINGS, values)])
      opening.catch(() => undefined)
    return client
  }

  /** What is read together, its transaction ended whatever comes of it: after an answer has begun nobody else ends it. */
  async together<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } finally {
      await this.end()
    }
  }

  /** Ends the transaction. What is asked afterwards opens another. */
  async end(): Promise<void> {
    const opened = this.#client
    this.#client = null
    const client = await opened?.catch(() => null)
    await client?.query('commit').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
  }
}

import type pg from 'pg'
import { inTransaction, type Pool, rows, type Sql } from './pool.ts'
import { Transaction } from './transaction.ts'

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

type Opened = { client: pg.PoolClient; tx: Transaction }

/**
 * One read-only transaction, opened by its first query: a request that asks nothing costs nothing. Its opening, what is asked
 * first and its end do not wait for each other.
 */
export class ScopedReads implements Sql {
  #opened: Promise<Opened> | null = null
  #together = 0
  #isOver = false
  readonly #pool: Pool
  readonly #context: ScopeContext

  constructor(pool: Pool, context: ScopeContext) {
    this.#pool = pool
    this.#context = context
  }

  // One signature stands for the overloads of pg: all our statements are asked for with a promise.
  readonly query = (async (...args: Parameters<Sql['query']>) => {
    if (this.#isOver && this.#together === 0) throw new Error('the reads are over: nobody would end this one')
    this.#opened ??= this.#open()
    return (await this.#opened).tx.query(...args)
  }) as unknown as Sql['query']

  async #open(): Promise<Opened> {
    const values = settings(this.#context, false)
    const client = await this.#pool.connect()
    const tx = new Transaction(client, 'begin read only')
    // Where it fails, the transaction has failed, and what is asked within it as well.
    rows(tx, SETTINGS, values).catch(() => undefined)
    return { client, tx }
  }

  /** What is read together, its transaction ended whatever comes of it: after an answer has begun nobody else ends it. */
  async together<T>(read: () => Promise<T>): Promise<T> {
    this.#together += 1
    try {
      return await read()
    } finally {
      this.#together -= 1
      await this.end()
    }
  }

  /** Ends the transaction. What is asked afterwards opens another. */
  async end(): Promise<void> {
    const opened = this.#opened
    this.#opened = null
    const open = await opened?.catch(() => null)
    if (!open) return
    const { client, tx } = open
    await tx.end('commit').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
  }

  /** Ends it for good: what is asked afterwards is refused, unless it is read `together`. */
  async endForGood(): Promise<void> {
    this.#isOver = true
    await this.end()
  }
}

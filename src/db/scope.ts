import type pg from 'pg'
import type { Pool, Sql } from './pool.ts'

/** What row-level security knows of a request (migrations/0002_row_security.sql). */
export type ScopeContext = {
  person: string
  offices: readonly string[]
  counties: readonly string[]
  audit: boolean
}

/** Codes and ids only: the context is written into the statement that opens the transaction, to save a round trip. */
const PLAIN = /^[A-Za-z0-9_.:-]*$/

/** @throws when a value could end its quotes */
function settings(context: ScopeContext, acting: boolean): string {
  const values: Record<string, string> = {
    'duban.person': context.person,
    'duban.offices': context.offices.join(','),
    'duban.counties': context.counties.join(','),
    'duban.acting': acting ? context.counties.join(',') : '',
    'duban.audit': context.audit ? 'on' : '',
  }
  return Object.entries(values)
    .map(([name, value]) => {
      if (!value.split(',').every((part) => PLAIN.test(part))) throw new Error(`${name} is no list of codes`)
      return `set local ${name} = '${value}'`
    })
    .join(';')
}

/** A writing transaction that sees and changes what the context allows, and nothing else. */
export async function inScope<T>(
  pool: Pool,
  context: ScopeContext,
  work: (tx: Sql) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(`begin;${settings(context, true)}`)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** One read-only transaction, opened by its first query: a request that asks nothing costs nothing. */
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
    const client = await this.#pool.connect()
    try {
      await client.query(`begin read only;${settings(this.#context, false)}`)
      return client
    } catch (error) {
      client.release(error as Error)
      throw error
    }
  }

  /** Ends the transaction. What is asked afterwards opens another. */
  async end(): Promise<void> {
    const opened = this.#client
    this.#client = null
    if (!opened) return
    const client = await opened.catch(() => null)
    if (!client) return
    await client.query('commit').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
  }
}

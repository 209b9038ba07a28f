import type pg from 'pg'
import { errorCode } from './transient-errors.ts'

type Sql = Pick<pg.PoolClient, 'query'>

/** What PostgreSQL says to all that is asked within a transaction that has failed. */
const HAS_FAILED = '25P02'
const SENT_AT_ONCE = /^\s*(select|set)\b/i

/**
 * One transaction on a client. Its beginning is not waited for: reads leave together with it, and answer only where it began.
 * A write waits, and what is asked behind it: where the beginning failed, it would be kept by itself.
 */
export class Transaction implements Sql {
  readonly #client: pg.PoolClient
  readonly #begun: Promise<unknown>
  readonly #writes: boolean
  #waits = false
  #isOver = false
  #cause: unknown

  constructor(client: pg.PoolClient, beginning: 'begin' | 'begin read only') {
    this.#client = client
    this.#writes = beginning === 'begin'
    this.#begun = client.query(beginning)
    this.#begun.catch(() => undefined)
  }

  // One signature stands for the overloads of pg: all our statements are asked for with a promise.
  readonly query = (async (...args: Parameters<Sql['query']>) => {
    this.#waits ||= this.#writes && !SENT_AT_ONCE.test(textOf(args[0]))
    if (this.#waits) await this.#begun
    // The client belongs to somebody else by now.
    if (this.#isOver) throw new Error('the transaction is over')
    try {
      const answer: unknown = await this.#client.query(...args)
      await this.#begun
      return answer
    } catch (error) {
      throw this.#causeOf(error)
    }
  }) as unknown as Sql['query']

  /** @throws where it did not begin, or where it failed before and nobody said so */
  async commit(): Promise<void> {
    if ((await this.end('commit')) !== 'COMMIT')
      throw this.#cause ?? new Error('the transaction had failed before its end')
  }

  /** @returns what became of it. @throws where it did not begin, or its connection broke: the client is of no more use */
  async end(word: 'commit' | 'rollback'): Promise<string> {
    this.#isOver = true
    const { command } = await this.#client.query(word)
    await this.#begun
    return command
  }

  /** What made it fail, in place of an answer that says only that it has. */
  #causeOf(error: unknown): unknown {
    if (errorCode(error) !== HAS_FAILED) this.#cause = error
    return this.#cause ?? error
  }
}

function textOf(statement: unknown): string {
  return typeof statement === 'string' ? statement : (statement as { text: string }).text
}

import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { rowScopeOf } from '../../services/people/row-scope-of.ts'
import type { Pool, Sql } from '../../db/pool.ts'
import { inScope, type ScopeContext, ScopedReads } from '../../db/row-scope.ts'
import { type AuditNote, entryOf } from './audit-entry.ts'
import { actorOf } from './actor.ts'

/** The facts as the actor of a request may see them. */
export class RequestDb extends ScopedReads {
  readonly #pool: Pool
  readonly #request: FastifyRequest
  readonly #wallNow: () => number

  constructor(pool: Pool, request: FastifyRequest, wallNow: () => number) {
    super(pool, contextOf(request))
    this.#pool = pool
    this.#request = request
    this.#wallNow = wallNow
  }

  /** All of `work` or none of it, and one entry in the trail with it (R9). `note` may be filled while working. */
  transaction<T>(work: (tx: Sql, note: AuditNote) => Promise<T>): Promise<T> {
    return this.unauditedTransaction(async (tx) => {
      const note: AuditNote = {}
      const result = await work(tx, note)
      const outcome = note.refused ? 'refused' : 'done'
      if (note.refused) this.#request.refusalNoted = true
      await addAuditEvent(tx, entryOf(this.#request, this.#wallNow(), note, outcome))
      return result
    })
  }

  /** A change that is nobody's business: keys of repeated requests. */
  async unauditedTransaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    await this.end()
    return inScope(this.#pool, contextOf(this.#request), work)
  }
}

/**
 * The same for accounts, which the gate keeps, and for views that somebody shared: all of `work` or none of it, with its entry
 * in the trail. The database lets it write accounts and roles of these counties alone, and never the actor's own
 * (migrations/0006_people.sql).
 */
export function accountsTransaction<T>(
  request: FastifyRequest,
  { gate, wallNow }: { gate: Pool; wallNow: () => number },
  counties: readonly string[],
  work: (tx: Sql, note: AuditNote) => Promise<T>,
): Promise<T> {
  const context = { person: actorOf(request).id, offices: [], counties, audit: false }
  return inScope(gate, context, async (tx) => {
    const note: AuditNote = {}
    const result = await work(tx, note)
    await addAuditEvent(tx, entryOf(request, wallNow(), note, 'done'))
    return result
  })
}

declare module 'fastify' {
  interface FastifyRequest {
    db: RequestDb
  }
}

/** `request.db` for every route behind a permission; ended before the answer leaves, so that no connection waits for a slow reader. */
export const scoped = fp(
  async (app: FastifyInstance, { pool, wallNow }: { pool: Pool; wallNow: () => number }): Promise<void> => {
    const opened = new WeakMap<FastifyRequest, RequestDb>()
    app.decorateRequest('db', {
      getter(this: FastifyRequest) {
        const known = opened.get(this)
        if (known) return known
        const made = new RequestDb(pool, this, wallNow)
        opened.set(this, made)
        return made
      },
    })
    // Here alone: a caller who goes away does not stop the work on their request, and whatever comes of it is sent, if to nobody.
    app.addHook('onSend', async (request, _reply, payload) => {
      // All answers of the database are there: nothing is gained by waiting for its word that the transaction is over.
      void opened.get(request)?.endForGood()
      return payload
    })
  },
  { name: 'scope', dependencies: ['authentication'] },
)

function contextOf(request: FastifyRequest): ScopeContext {
  return rowScopeOf(actorOf(request))
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addAuditEvent } from '../../services/audit/trail.ts'
import type { Pool, Sql } from '../../db/pool.ts'
import { inScope, type ScopeContext, ScopedReads } from '../../db/row-scope.ts'
import { behalfOf } from '../../domain/people/permissions.ts'
import { actorOf } from './auth.ts'

/** What the trail says of a change, where the route's own pattern says too little. Codes and opaque ids only. */
export type AuditNote = {
  action?: string
  subject?: string
  /** Whose it is; the first of the actor's own, where it is nobody's in particular. */
  county?: string
  /** In whose place it was done, where that depends on the matter. */
  behalf?: string | null
  /** Nothing was changed: the rules of the matter said no. */
  refused?: boolean
  detail?: Record<string, unknown>
}

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
    return this.quietly(async (tx) => {
      const note: AuditNote = {}
      const result = await work(tx, note)
      const outcome = note.refused ? 'refused' : 'done'
      if (note.refused) this.#request.refusalNoted = true
      await addAuditEvent(tx, entryOf(this.#request, this.#wallNow(), note, outcome))
      return result
    })
  }

  /** A change that is nobody's business: keys of repeated requests. */
  async quietly<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    await this.end()
    return inScope(this.#pool, contextOf(this.#request), work)
  }
}

/**
 * The same for accounts, which the gate keeps: all of `work` or none of it, with its entry in the trail. The database lets it
 * write accounts and roles of these counties alone, and never the actor's own (migrations/0006_people.sql).
 */
export function keepingAccounts<T>(
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
export function scoped(app: FastifyInstance, { pool, wallNow }: { pool: Pool; wallNow: () => number }): void {
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
    void opened.get(request)?.end()
    return payload
  })
}

/** One entry of the trail about a request. */
export function entryOf(
  request: FastifyRequest,
  wallNow: number,
  note: AuditNote,
  outcome: 'done' | 'refused',
): Parameters<typeof addAuditEvent>[1] {
  const { actor } = request
  const { id } = (request.params ?? {}) as { id?: string }
  return {
    atWall: wallNow,
    county: note.county ?? actor?.scope.counties[0] ?? null,
    actor: actor?.id ?? 'nobody',
    behalf: note.behalf ?? (actor ? behalfOf(actor) : null),
    address: request.ip,
    action: note.action ?? `${request.method} ${request.routeOptions.url ?? ''}`,
    subject: opaque(note.subject ?? id),
    outcome,
    detail: note.detail ?? {},
    requestId: request.id,
  }
}

/** Whatever else a caller puts in the place of an id, such as an identity number, does not get into the trail. */
function opaque(id: string | undefined): string | null {
  return id !== undefined && /^[a-z]{2}_[\w-]{1,60}$/.test(id) ? id : null
}

function contextOf(request: FastifyRequest): ScopeContext {
  const { id, permissions, scope } = actorOf(request)
  const offices = permissions.has('obligations:read') ? scope.offices : []
  return { person: id, offices, counties: scope.counties, audit: permissions.has('audit:read') }
}

import type { FastifyRequest } from 'fastify'
import { presentOnBehalfOf } from '../../domain/people/permissions.ts'
import type { addAuditEvent } from '../../services/audit/trail.ts'

/** What the trail says of a change, where the route's own pattern says too little. Codes and opaque ids only, and the name of whose word a phase is done on. */
export type AuditNote = {
  action?: string
  subject?: string
  /** Whose it is; the first of the actor's own, where it is nobody's in particular. */
  county?: string
  /** In whose place it was done, where that depends on the obligation. */
  behalf?: string | null
  /** Nothing was changed: the rules of the obligation said no. */
  refused?: boolean
  detail?: Record<string, unknown>
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
    behalf: note.behalf ?? (actor ? presentOnBehalfOf(actor) : null),
    address: request.ip,
    action: note.action ?? `${request.method} ${request.routeOptions.url ?? ''}`,
    subject: opaque(note.subject ?? id),
    outcome,
    detail: note.detail ?? {},
    requestId: request.id,
  }
}

/** Whatever else a caller puts in the place of an id, such as an identity number, does not get into the trail. */
export function opaque(id: string | undefined): string | null {
  return id !== undefined && /^[a-z]{2}_[\w-]{1,60}$/.test(id) ? id : null
}

import type { FastifyRequest } from 'fastify'
import { allRolesOf, endAbsence, enterAbsence, lockPerson } from '../../services/people/absences.ts'
import type { Sql } from '../../db/pool.ts'
import type { Absence, AbsenceFault } from '../../domain/people/absence.ts'
import { mayEnterAbsence } from '../../domain/people/permissions.ts'
import { ownOf } from '../session/own-account.ts'
import { readPerson } from './people.ts'
import { actorOf, notTheirs } from '../plugins/actor.ts'
import { mustBeUnchanged } from '../plugins/version.ts'

/** Thrown within the transaction, so that a refused absence leaves nothing behind. */
class Refused extends Error {
  readonly fault: AbsenceFault

  constructor(fault: AbsenceFault) {
    super(fault.why)
    this.fault = fault
  }
}

/** Enters an absence, one's own or that of somebody within reach. @returns why it cannot be entered */
export async function enterAbsenceOf(
  request: FastifyRequest,
  id: string,
  absence: Absence,
): Promise<AbsenceFault | null> {
  const entering = request.db.transaction(async (tx, note) => {
    await mustKeepAbsenceOf(request, tx, id)
    const fault = await enterAbsence(tx, id, absence, ownOf(request).person)
    if (fault) throw new Refused(fault)
    note.subject = id
    note.detail = { ...absence }
    return null
  })
  return entering.catch((error) => {
    if (error instanceof Refused) return error.fault
    throw error
  })
}

/** @returns whether they had been absent */
export function endAbsenceOf(request: FastifyRequest, id: string): Promise<boolean> {
  return request.db.transaction(async (tx, note) => {
    await mustKeepAbsenceOf(request, tx, id)
    note.subject = id
    const was = await endAbsence(tx, id)
    note.refused = !was
    return was
  })
}

/**
 * Checks that the absence is the actor's own or within their reach. @throws ApiError 403, 404, or 412 when it
 * was changed meanwhile
 */
async function mustKeepAbsenceOf(request: FastifyRequest, tx: Sql, id: string): Promise<void> {
  await lockPerson(tx, id)
  const one = await readPerson(tx, id)
  const own = ownOf(request).person === id
  if (!own && !mayEnterAbsence(actorOf(request), await allRolesOf(tx, id))) throw notTheirs()
  await mustBeUnchanged(tx, request, one.version, { kind: 'person', about: id })
}

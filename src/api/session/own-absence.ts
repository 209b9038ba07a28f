import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ownAbsence } from '../../contract/api/own-session.ts'
import { isBarred } from '../../domain/people/absence.ts'
import { dayOf } from '../../domain/time/days.ts'
import { type Person, readPeople } from '../people/people.ts'
import { asOfOf } from '../plugins/actor.ts'
import { ownOf } from './own-account.ts'

const rolesOf = ({ roles }: Person) => roles.map(({ role }) => role)

/** One's own absence, and who may stand in. */
export async function readOwnAbsence(request: FastifyRequest): Promise<z.infer<typeof ownAbsence>> {
  const { person } = ownOf(request)
  const people = await readPeople(request.db)
  const own = people.find(({ id }) => id === person)
  const others = people.filter((p) => p.active && p.id !== person)
  return {
    today: dayOf(asOfOf(request).now),
    version: own?.version ?? 0,
    absence: own?.absence ?? null,
    colleagues: own
      ? others.filter((p) => !isBarred(rolesOf(p), rolesOf(own))).map(({ id, name }) => ({ id, name }))
      : [],
  }
}

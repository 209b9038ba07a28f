import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Absence, AbsenceFault } from '../../domain/people/absence.ts'
import { endAbsenceOf, enterAbsenceOf } from './absences.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { ownOf } from '../session/own-account.ts'
import { readColleagues, readPerson } from './people.ts'
import { mailTest } from './test-mail.ts'
import type { ApiDeps } from '../http/deps.ts'
import { actorOf, asOfOf, signInAgain } from '../plugins/actor.ts'
import { tagWith } from '../plugins/version.ts'
import { peopleDocuments as documents } from '../../contract/routes/people.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

/** Colleagues, their absences and substitutes. */
export function peopleRoutes(app: Routes, deps: ApiDeps): void {
  route(app, documents.listPeople, async (request) => ({
    items: await readColleagues(request),
    nextCursor: null,
  }))

  route(app, documents.getPerson, async (request, reply) => {
    // The tag is for If-Match only: changes by others (a second factor removed, a substitute absent) show here
    // without a new version.
    const one = await readPerson(request.db, request.params.id)
    tagWith(request, reply, one.version, asOfOf(request).now)
    return one
  })

  route(app, documents.setMyAbsence, (request, reply) => {
    // A substitute gets all of one's roles, in a session of their own.
    if (actorOf(request).aged) throw signInAgain()
    return enter(request, reply, ownOf(request).person, request.body)
  })

  route(app, documents.endMyAbsence, (request, reply) => end(request, reply, ownOf(request).person))

  route(app, documents.setAbsence, (request, reply) => enter(request, reply, request.params.id, request.body))

  route(app, documents.sendTestMail, (request) => mailTest(request, deps, request.params.id))

  route(app, documents.endAbsence, (request, reply) => end(request, reply, request.params.id))
}

async function enter(request: FastifyRequest, reply: FastifyReply, id: string, absence: Absence) {
  const fault = await enterAbsenceOf(request, id, absence)
  if (fault) throw absenceError(fault)
  const one = await readPerson(request.db, id)
  tagWith(request, reply, one.version, asOfOf(request).now)
  return one
}

async function end(request: FastifyRequest, reply: FastifyReply, id: string) {
  if (!(await endAbsenceOf(request, id))) throw notFound('离岗登记')
  return reply.code(204).send(null)
}

function absenceError({ field, why }: AbsenceFault): ApiError {
  return new ApiError(422, `bad-${field}`, why, [{ pointer: `/body/${field}`, message: why }])
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { allOf, idParams, problems, secured } from '../../contract/api/common.ts'
import { newAbsence, person } from '../../contract/api/offices.ts'
import type { Absence, AbsenceFault } from '../../domain/people/absence.ts'
import { callBack, sendAway } from './absences.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { ownOf } from '../session/own-account.ts'
import { readPeople, readPerson } from './people.ts'
import { asOfOf } from '../plugins/actor.ts'
import { tagWith } from '../plugins/version.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['单位和人员']
const entered = { tags, ...secured, body: newAbsence, response: { 200: person, ...problems } }
const ended = { tags, ...secured, response: { 204: z.null().describe('已返岗'), ...problems } }
const mine = {
  put: { operationId: 'setMyAbsence', summary: '登记自己离岗和代理人' },
  delete: { operationId: 'endMyAbsence', summary: '自己返岗' },
}
const theirs = {
  put: { operationId: 'setAbsence', summary: '登记同事离岗和代理人' },
  delete: { operationId: 'endAbsence', summary: '同事返岗' },
}

/** Colleagues, their absences and substitutes. */
export function peopleRoutes(app: Routes): void {
  app.get(
    '/people',
    {
      config: { permission: 'directory:read' },
      schema: {
        tags,
        operationId: 'listPeople',
        summary: '人员、角色和离岗',
        ...secured,
        response: { 200: allOf(person), ...problems },
      },
    },
    async ({ db }) => ({ items: await readPeople(db), nextCursor: null }),
  )

  app.get(
    '/people/:id',
    {
      config: { permission: 'directory:read' },
      schema: {
        tags,
        operationId: 'getPerson',
        summary: '一个人',
        ...secured,
        params: idParams,
        response: { 200: person, ...problems },
      },
    },
    async (request, reply) => {
      // The tag is for If-Match only: changes by others (a second factor removed, a substitute absent) show here
      // without a new version.
      const one = await readPerson(request.db, request.params.id)
      tagWith(request, reply, one.version, asOfOf(request).now)
      return one
    },
  )

  app.put(
    '/me/absence',
    { config: { permission: 'self' }, schema: { ...mine.put, ...entered } },
    (request, reply) => enter(request, reply, ownOf(request).person, request.body),
  )

  app.delete(
    '/me/absence',
    { config: { permission: 'self' }, schema: { ...mine.delete, ...ended } },
    (request, reply) => end(request, reply, ownOf(request).person),
  )

  app.put(
    '/people/:id/absence',
    { config: { permission: 'absences:manage' }, schema: { ...theirs.put, ...entered, params: idParams } },
    (request, reply) => enter(request, reply, request.params.id, request.body),
  )

  app.delete(
    '/people/:id/absence',
    { config: { permission: 'absences:manage' }, schema: { ...theirs.delete, ...ended, params: idParams } },
    (request, reply) => end(request, reply, request.params.id),
  )
}

async function enter(request: FastifyRequest, reply: FastifyReply, id: string, absence: Absence) {
  const fault = await sendAway(request, id, absence)
  if (fault) throw absenceError(fault)
  const one = await readPerson(request.db, id)
  tagWith(request, reply, one.version, asOfOf(request).now)
  return one
}

async function end(request: FastifyRequest, reply: FastifyReply, id: string) {
  if (!(await callBack(request, id))) throw notFound('离岗登记')
  return reply.code(204).send(null)
}

function absenceError({ field, why }: AbsenceFault): ApiError {
  return new ApiError(422, `bad-${field}`, why, [{ pointer: `/body/${field}`, message: why }])
}

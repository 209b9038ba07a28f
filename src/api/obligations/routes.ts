import { z } from 'zod'
import { allOf, idParams, pageOf, problems, secured } from '../../contract/api/common.ts'
import { obligationReceipt } from '../../contract/api/limits.ts'
import { historyEntry, newObligation, obligation, obligationQuery } from '../../contract/api/obligations.ts'
import { readCalendar } from '../../services/schedule/calendar.ts'
import { turnForReceipt } from '../../services/obligations/history.ts'
import { policyById } from '../../services/schedule/policies.ts'
import { receipt } from '../../domain/time/limits.ts'
import { eventLabel } from '../../domain/obligation/action-labels.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { ApiDeps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { createObligation } from './create.ts'
import { obligationReader } from './read.ts'
import { tagWith } from '../plugins/version.ts'
import { iso } from './present.ts'
import { shownHistory } from './history.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['事项']

export function obligationRoutes(app: Routes, deps: ApiDeps): void {
  const { listJson, one } = obligationReader(deps.keys)

  app.get(
    '/obligations',
    {
      config: { permission: 'obligations:read' },
      schema: {
        tags,
        operationId: 'listObligations',
        summary: '查询督办事项',
        description: '各项条件同时满足。户的姓名、证件号、电话是脱敏的。',
        ...secured,
        querystring: obligationQuery,
        response: { 200: pageOf(obligation), ...problems },
      },
    },
    async (request, reply) => {
      const json = await listJson(request, request.query)
      // Written out field by field: checking it against its schema as well took as long as all the rest.
      return reply.type('application/json; charset=utf-8').send(json as never)
    },
  )

  app.post(
    '/obligations',
    {
      config: { permission: 'obligations:register' },
      schema: {
        tags,
        operationId: 'createObligation',
        summary: '登记一件事',
        ...secured,
        description: '登记自己发现的困难户(主动发现)或临时交办的工作。',
        body: newObligation,
        response: { 201: obligation, ...problems },
      },
    },
    async (request, reply) => {
      const id = await createObligation(request, deps.keys)
      const { body } = await one(request, id)
      return reply.code(201).header('location', `/v1/obligations/${id}`).send(body)
    },
  )

  app.get(
    '/obligations/:id',
    {
      config: { permission: 'obligations:read' },
      schema: {
        tags,
        operationId: 'getObligation',
        summary: '一件事',
        ...secured,
        params: idParams,
        response: { 200: obligation, 304: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const { body, now } = await one(request, request.params.id)
      if (tagWith(request, reply, body.version, now)) return reply.code(304).send(null)
      return body
    },
  )

  app.get(
    '/obligations/:id/receipt',
    {
      config: { permission: 'obligations:read' },
      schema: {
        tags,
        operationId: 'getObligationReceipt',
        summary: '到期日是怎样一天天数出来的',
        ...secured,
        params: idParams,
        response: { 200: obligationReceipt, ...problems },
      },
    },
    async ({ db, params }) => {
      const turn = await turnForReceipt(db, params.id)
      if (!turn) throw notFound('事项')
      const { id, name, version, example } = await policyById(db, turn.policy)
      const of = turn.workingDays === null ? { dueOn: turn.dueOn } : { workingDays: turn.workingDays }
      const why = receipt(turn.startOn, of, await readCalendar(db))
      const policy = { id, name, version, example }
      return { ...why, dueAt: iso(why.dueAt), assignment: turn.turn, workingDays: turn.workingDays, policy }
    },
  )

  app.get(
    '/obligations/:id/history',
    {
      config: { permission: 'obligations:read' },
      schema: {
        tags,
        operationId: 'getObligationHistory',
        summary: '一件事的经过',
        description: '从登记起,谁在什么时候做了什么。',
        ...secured,
        params: idParams,
        response: { 200: allOf(historyEntry), ...problems },
      },
    },
    async (request) => {
      const history = await shownHistory(deps.keys, request, request.params.id)
      if (history.length === 0) throw notFound('事项')
      return {
        nextCursor: null,
        items: history.map(({ id: _id, ...h }) => ({
          ...h,
          at: iso(h.at),
          labels: {
            action: eventLabel(h.action),
            state: STATE_LABELS[h.state],
          },
        })),
      }
    },
  )
}

import { z } from 'zod'
import { allOf, idParams, pageOf, problems, secured } from '../../contract/api/common.ts'
import { obligationReceipt } from '../../contract/api/limits.ts'
import {
  historyEntry,
  newObligation,
  obligation,
  obligationDetail,
  obligationQuery,
} from '../../contract/api/obligations.ts'
import { readCalendar } from '../../db/calendar-store.ts'
import { now as businessNow } from '../../db/clock-store.ts'
import {
  historyOf,
  obligationById,
  type ObligationRow,
  searchObligations,
  sealedSubject,
  turnForReceipt,
} from '../../db/obligation-queries.ts'
import { policyById } from '../../db/policy-store.ts'
import { openBytes, openPerson } from '../../db/sealing.ts'
import type { Instant } from '../../domain/days.ts'
import { receipt } from '../../domain/limits.ts'
import { maskIdNo, maskName, maskPhone } from '../../domain/masking.ts'
import { ACTION_LABELS, STATE_LABELS } from '../../domain/words.ts'
import type { ApiDeps } from '../deps.ts'
import { notFound } from '../errors.ts'
import { createObligation } from '../new-obligation.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { tagWith } from '../plugins/version.ts'
import { iso, showObligation } from '../present.ts'
import type { Routes } from './types.ts'

const tags = ['事项']

export function obligationRoutes(app: Routes, deps: ApiDeps): void {
  const { pool } = deps

  app.get(
    '/obligations',
    {
      schema: {
        tags,
        ...secured,
        querystring: obligationQuery,
        response: { 200: pageOf(obligation), ...problems },
      },
    },
    async (request) => {
      const { sort, cursor, limit, ...search } = request.query
      const now = await businessNow(pool)
      const found = await searchObligations(pool, search, {
        sort,
        after: decodeCursor(cursor),
        limit: limit + 1,
        now,
      })
      const calendar = await readCalendar(pool)
      const at = (row: ObligationRow) => (sort.endsWith('issuedAt') ? row.issuedAt : row.dueAt)
      return pageFrom(
        found,
        limit,
        (row) => ({ at: at(row), id: row.id }),
        (row) => showObligation(row, calendar, now),
      )
    },
  )

  app.post(
    '/obligations',
    {
      schema: {
        tags,
        ...secured,
        description: '登记自己发现的困难户(主动发现)或临时交办的工作。',
        body: newObligation,
        response: { 201: obligationDetail, ...problems },
      },
    },
    async (request, reply) => {
      const id = await createObligation(deps, request.body, request.actor)
      const { body } = await detail(deps, id)
      return reply.code(201).header('location', `/v1/obligations/${id}`).send(body)
    },
  )

  app.get(
    '/obligations/:id',
    {
      schema: {
        tags,
        ...secured,
        params: idParams,
        response: { 200: obligationDetail, 304: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const { body, now } = await detail(deps, request.params.id)
      if (tagWith(request, reply, body.version, now)) return reply.code(304).send(null)
      return body
    },
  )

  app.get(
    '/obligations/:id/receipt',
    { schema: { tags, ...secured, params: idParams, response: { 200: obligationReceipt, ...problems } } },
    async (request) => {
      const turn = await turnForReceipt(pool, request.params.id)
      if (!turn) throw notFound('事项')
      const { id, name, version, example } = await policyById(pool, turn.policy)
      const of = turn.workingDays === null ? { dueOn: turn.dueOn } : { workingDays: turn.workingDays }
      const why = receipt(turn.startOn, of, await readCalendar(pool))
      const policy = { id, name, version, example }
      return { ...why, dueAt: iso(why.dueAt), assignment: turn.turn, workingDays: turn.workingDays, policy }
    },
  )

  app.get(
    '/obligations/:id/history',
    {
      schema: {
        tags,
        ...secured,
        params: idParams,
        response: { 200: allOf(historyEntry), ...problems },
      },
    },
    async (request) => {
      const history = await historyOf(pool, request.params.id)
      if (history.length === 0) throw notFound('事项')
      return {
        nextCursor: null,
        items: history.map(({ sealedText, ...h }) => ({
          ...h,
          text: sealedText && openBytes(deps.keys, sealedText).toString(),
          at: iso(h.at),
          labels: {
            action: ACTION_LABELS[h.action as keyof typeof ACTION_LABELS] ?? h.action,
            state: STATE_LABELS[h.state],
          },
        })),
      }
    },
  )
}

async function detail(
  { pool, keys }: ApiDeps,
  id: string,
): Promise<{ body: z.infer<typeof obligationDetail>; now: Instant }> {
  const now = await businessNow(pool)
  const found = await obligationById(pool, id, now)
  if (!found) throw notFound('事项')
  const sealed = await sealedSubject(pool, id)
  const subject = sealed && masked(openPerson(keys, sealed))
  return { body: { ...showObligation(found, await readCalendar(pool), now), subject }, now }
}

function masked({ name, idNo, phone, village }: ReturnType<typeof openPerson>) {
  return { name: maskName(name), idNo: maskIdNo(idNo), phone: maskPhone(phone), village: maskName(village) }
}

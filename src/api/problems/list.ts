import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { problemEntry, problemQuery } from '../../contract/api/problems.ts'
import { type ProblemRow, searchProblems } from '../../services/problems/search.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { actorOf } from '../plugins/actor.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { showProblemPart } from './present.ts'

export async function listProblems(
  request: FastifyRequest<{ Querystring: z.infer<typeof problemQuery> }>,
  keys: Keyring,
  known: ReferenceData,
) {
  const { cursor, limit, ...search } = request.query
  const page = { after: decodeCursor(cursor), limit: limit + 1, now: known.now }
  const found = await searchProblems(request.db, search, page)
  const actor = actorOf(request)
  return pageFrom(
    found,
    limit,
    ({ sortedAt, id }) => ({ at: sortedAt, id }),
    (row) => showProblem(row, keys, actor, known),
  )
}

function showProblem(
  row: ProblemRow,
  keys: Keyring,
  actor: Actor,
  { names }: ReferenceData,
): z.infer<typeof problemEntry> {
  const { id, title, state, dueOn, overdue, everLate, version, campaignId, officeCode } = row
  return {
    ...{ id, title, campaignId, state, dueOn, overdue, everLate, version },
    ...showProblemPart(row, keys, actor),
    office: { code: officeCode, name: names.office(officeCode) },
  }
}

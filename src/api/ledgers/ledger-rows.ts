import type { FastifyRequest } from 'fastify'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { LedgerProblem, LedgerRow } from '../../kinds/kind.ts'
import { rectification } from '../../kinds/rectification.ts'
import { resultsOf } from '../../services/obligations/results.ts'
import { textsOfResults } from '../../services/obligations/result-texts.ts'
import { problemsByIds } from '../../services/problems/search.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { shownResult } from '../obligations/shown-result.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { showProblemPart } from '../problems/present.ts'

/** Obligations as lines of a ledger. The texts of a result, such as who decided an exit, are read where whoever asks reads notes. */
export async function ledgerRows(
  request: FastifyRequest,
  keys: Keyring,
  found: readonly ObligationBody[],
): Promise<LedgerRow[]> {
  const ids = found.map(({ id }) => id)
  const results = await resultsOf(request.db, ids)
  const readable = found.filter(({ office }) => mayIn(actorOf(request), 'notes:read', office.code))
  const readableIds = new Set(readable.map(({ id }) => id))
  const texts = await textsOfResults(request.db, keys, [...readableIds])
  const problems = await problemsOf(request, keys, found)
  return found.map((body) => {
    const { externalId, title, state, level, cause, group, source, dueOn, redoDueOn, everLate } = body
    const { facts = {}, result: stored = null } = results.get(body.id) ?? {}
    const shown = readableIds.has(body.id) ? (texts.get(body.id) ?? {}) : null
    return {
      ...{ externalId, title, state, level, cause, group, source, dueOn, redoDueOn, everLate, facts },
      ...{ result: stored && shownResult(body.kind, stored, shown) },
      ...{ officeName: body.office.name, issuedOn: dayOf(Date.parse(body.issuedAt)) },
      problem: problems.get(body.id) ?? null,
    }
  })
}

/** What the list of problems says of those that stand in it (R10). */
async function problemsOf(
  request: FastifyRequest,
  keys: Keyring,
  found: readonly ObligationBody[],
): Promise<ReadonlyMap<string, LedgerProblem>> {
  const ids = found.filter(({ kind }) => kind === rectification.code).map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const rows = await problemsByIds(request.db, ids, asOfOf(request).now)
  return new Map(
    rows.map((row) => {
      const { wrong, measure, responsible, strikeOff } = showProblemPart(row, keys, actorOf(request))
      return [row.id, { wrong, measure, responsible: responsible?.name ?? null, strikeOff }]
    }),
  )
}

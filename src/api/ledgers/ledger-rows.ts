import type { FastifyRequest } from 'fastify'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import { mayIn } from '../../domain/people/permissions.ts'
import type { Kind } from '../../domain/obligation/vocabulary.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { LedgerProblem, LedgerRow, Result } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { rectification } from '../../kinds/rectification.ts'
import { mergeTexts, splitTexts } from '../../kinds/result-texts.ts'
import { resultsOf } from '../../services/obligations/results.ts'
import { textsOfResults } from '../../services/obligations/result-texts.ts'
import { problemsByIds } from '../../services/problems/search.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { shownResult } from '../obligations/shown-result.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { showProblemPart } from '../problems/present.ts'

/** Stands where something was written that is not shown here: an empty cell would say that nobody wrote anything. */
export const WITHHELD = '(已遮盖)'

/** Whether what people wrote of it may stand in a file. */
export type ShowsWords = (body: ObligationBody) => boolean

/**
 * Obligations as lines of a ledger. The texts of a result, such as who decided an exit, are read where whoever asks reads notes.
 * @param showsWords of which of them a file that leaves the product has what people wrote; all that its maker reads, unless said
 */
export async function ledgerRows(
  request: FastifyRequest,
  keys: Keyring,
  found: readonly ObligationBody[],
  showsWords: ShowsWords = () => true,
): Promise<LedgerRow[]> {
  const ids = found.map(({ id }) => id)
  const results = await resultsOf(request.db, ids)
  const readable = found.filter(({ office }) => mayIn(actorOf(request), 'notes:read', office.code))
  const readableIds = new Set(readable.map(({ id }) => id))
  const texts = await textsOfResults(request.db, keys, [...readableIds])
  const problems = await problemsOf(request, keys, found, showsWords)
  return found.map((body) => {
    const { externalId, title, state, level, cause, group, source, dueOn, redoDueOn, everLate } = body
    const { facts = {}, result: stored = null } = results.get(body.id) ?? {}
    const written = readableIds.has(body.id) ? (texts.get(body.id) ?? {}) : null
    const shown = written && !showsWords(body) ? withheldOf(body.kind, stored, written) : written
    return {
      ...{ externalId, title, state, level, cause, group, source, dueOn, redoDueOn, everLate, facts },
      ...{ result: stored && shownResult(body.kind, stored, shown) },
      ...{ officeName: body.office.name, issuedOn: dayOf(Date.parse(body.issuedAt)) },
      problem: problems.get(body.id) ?? null,
    }
  })
}

/** The same fields, of which nothing is told but that they were written. Those of earlier releases stand beside the codes. */
export function withheldOf(kind: Kind, stored: Result | null, written: Result): Result {
  const { texts, codesInTexts } = kindOf(kind)
  return withheld(mergeTexts(splitTexts(stored ?? {}, texts).texts, written), codesInTexts)
}

function withheld(texts: Result, codes: readonly string[]): Result {
  return Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [
      field,
      codes.includes(field) ? text : coverText(text, codes),
    ]),
  )
}

function coverText(text: unknown, codes: readonly string[]): unknown {
  if (typeof text === 'string') return text === '' ? text : WITHHELD
  if (Array.isArray(text)) return text.map((one) => coverText(one, codes))
  return typeof text === 'object' && text !== null ? withheld(text as Result, codes) : text
}

/** What the list of problems says of those that stand in it (R10). Who answers for one is told where they are of the directory. */
async function problemsOf(
  request: FastifyRequest,
  keys: Keyring,
  found: readonly ObligationBody[],
  showsWords: ShowsWords,
): Promise<ReadonlyMap<string, LedgerProblem>> {
  const bodies = new Map(
    found.filter(({ kind }) => kind === rectification.code).map((body) => [body.id, body]),
  )
  if (bodies.size === 0) return new Map()
  const rows = await problemsByIds(request.db, [...bodies.keys()], asOfOf(request).now)
  return new Map(
    rows.map((row) => {
      const { wrong, measure, responsible, strikeOff } = showProblemPart(row, keys, actorOf(request))
      const shows = showsWords(bodies.get(row.id)!)
      const told = (words: string | null) => (shows ? words : words && WITHHELD)
      const name = responsible?.name ?? null
      return [
        row.id,
        {
          ...{ wrong: told(wrong), measure: told(measure), strikeOff },
          responsible: responsible?.id ? name : told(name),
        },
      ]
    }),
  )
}

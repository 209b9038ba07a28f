import type { FastifyRequest } from 'fastify'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { ObligationQuestion, ObligationReader } from './read.ts'

const PAGE = 200

/** All obligations a question selects, page by page: only where offices and the template bound their number. */
export async function readAllPages(
  request: FastifyRequest,
  reader: ObligationReader,
  question: Omit<ObligationQuestion, 'limit' | 'cursor'>,
): Promise<ObligationBody[]> {
  const all: ObligationBody[] = []
  let cursor: string | undefined
  do {
    const page = await reader.list(request, { ...question, limit: PAGE, cursor })
    all.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}

import type { FastifyRequest } from 'fastify'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { ObligationQuestion, ObligationReader } from './read.ts'

const PAGE = 200
type Question = Omit<ObligationQuestion, 'limit' | 'cursor'>

/** All obligations a question selects, page by page: only where offices and the template bound their number. */
export async function readAllPages(
  request: FastifyRequest,
  reader: ObligationReader,
  question: Question,
): Promise<ObligationBody[]> {
  const all: ObligationBody[] = []
  for await (const page of pagesOf(request, reader, question)) all.push(...page)
  return all
}

/** The same, each page as it comes. */
export async function* pagesOf(
  request: FastifyRequest,
  reader: ObligationReader,
  question: Question,
  limit = PAGE,
): AsyncGenerator<ObligationBody[]> {
  let cursor: string | undefined
  do {
    const page = await reader.list(request, { ...question, limit, cursor })
    yield page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

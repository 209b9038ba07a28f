import { comparisonDocuments as documents } from '../../contract/routes/comparisons.ts'
import type { ApiDeps } from '../http/deps.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { obligationReader } from '../obligations/read.ts'
import { readComparisons } from './comparison-lines.ts'
import { readQuota } from './quota.ts'

export function comparisonRoutes(app: Routes, { keys }: ApiDeps): void {
  const reader = obligationReader(keys)

  route(app, documents.listComparisons, async (request) => ({
    items: await readComparisons(request, reader, request.query),
    nextCursor: null,
  }))

  route(app, documents.getComparisonQuota, (request) => readQuota(request, reader, request.query.campaign))
}

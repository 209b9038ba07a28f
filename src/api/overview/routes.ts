import { mailOutcomes } from '../../services/notifications/mail-overview.ts'
import { MAIL_FATE_LABELS, mailFateOf } from '../../domain/escalation/mail-fate.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { dayOf } from '../../domain/time/days.ts'
import { overviewDocuments as documents } from '../../contract/routes/overview.ts'
import type { ApiDeps } from '../http/deps.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { obligationReader } from '../obligations/read.ts'
import { asOfOf } from '../plugins/actor.ts'
import { readBurnDown } from './burn-down.ts'
import { readHome } from './home.ts'
import { readOverview } from './office-lines.ts'
import { readStandingCheck } from './standing-check.ts'

/** What the first pages show: whose work, which offices, how far, which mails, and whether all is watched. */
export function overviewRoutes(app: Routes, deps: ApiDeps): void {
  const reader = obligationReader(deps.keys)

  route(app, documents.getHome, (request) => readHome(request, reader))

  route(app, documents.getOverview, async (request) => readOverview(request, await reader.known(request)))

  route(app, documents.getBurnDown, async (request) =>
    readBurnDown(request, request.query.campaign, await reader.known(request)),
  )

  route(app, documents.getStandingCheck, async (request) =>
    readStandingCheck(request, deps, await reader.known(request)),
  )

  route(app, documents.getMailFates, handleGetMailFates)
}

const handleGetMailFates: HandlerOf<typeof documents.getMailFates> = async (request) => {
  const today = dayOf(asOfOf(request).now)
  const { from = today, to = today } = request.query
  const outcomes = await mailOutcomes(request.db, from, to)
  const items = codesOf(MAIL_FATE_LABELS).flatMap((fate) => {
    const count = sumOf(outcomes.filter((outcome) => mailFateOf(outcome) === fate))
    return count === 0 ? [] : [{ fate, label: MAIL_FATE_LABELS[fate], count }]
  })
  return { from, to, total: sumOf(outcomes), items }
}

function sumOf(of: readonly { count: number }[]): number {
  return of.reduce((sum, { count }) => sum + count, 0)
}

import { mustSetUpFirst } from '../../services/access/second-factor.ts'
import { deadlineById, firingsOf } from '../../services/deadlines/store.ts'
import { itemById, openDeadlineOf, storyOf } from '../../services/obligations/detail.ts'
import { whyOfMail } from '../../services/notifications/mail-overview.ts'
import { contextOf } from '../../services/deadlines/plan-context.ts'
import type { Sql } from '../../db/pool.ts'
import { type Moment, planMoments } from '../../domain/escalation/moments.ts'
import type { ApiDeps } from '../http/deps.ts'
import type { ObligationReader } from '../obligations/read.ts'
import { actorOf } from '../plugins/actor.ts'
import { shownHistory } from '../obligations/history.ts'
import { inboxMailPage, viewOf } from './inbox-view.ts'
import { itemPage } from './item.ts'
import { mailFromOutbox } from './outbox-mail.ts'
import { MAIL_CSP } from './policy.ts'
import type { Routes } from '../http/route-types.ts'
import { mailAddress, pageAddress } from './forms.ts'
import { noPage, send } from './send.ts'
import { statusPage } from './status-view.ts'
import { readStatus } from './read-status.ts'

/**
 * The first page, one obligation, one mail of the outbox, as far as the actor may see them; of a household only
 * the masked name.
 */
export function workPages(app: Routes, deps: ApiDeps, obligations: ObligationReader): void {
  app.get('/', { schema: { hide: true }, config: { permission: 'self' } }, async (request, reply) => {
    // Whoever must set up a second factor first has nothing to see here yet.
    if (mustSetUpFirst(actorOf(request))) return reply.redirect('/account', 303)
    const fixed = {
      demo: deps.demo,
      trialMail: deps.inbox !== null,
      parts: await deps.parts(),
      gap: deps.gap(),
      temporalUi: deps.temporalUi(),
    }
    return send(reply, statusPage(await readStatus(request, obligations, fixed)))
  })

  app.get(
    '/obligations/:id',
    { schema: { hide: true, params: pageAddress }, config: { permission: 'obligations:read' } },
    async (request, reply) => {
      const { db, params } = request
      const { now, calendar } = await obligations.known(request)
      const item = await itemById(db, params.id, now)
      if (!item) throw noPage()
      const { body } = await obligations.one(request, item.id)
      const [story, upcoming] = [await storyOf(db, item.id), await upcomingOf(db, item.id, now)]
      const steps = await shownHistory(deps.keys, request, item.id)
      return send(
        reply,
        itemPage({
          item,
          subject: body.subject,
          remarks: body.remarks,
          story,
          steps,
          calendar,
          now,
          upcoming,
        }),
      )
    },
  )

  app.get(
    '/mails/:id',
    {
      schema: { hide: true, params: pageAddress, querystring: mailAddress },
      config: { permission: 'mails:read' },
    },
    async ({ db, params, query }, reply) => {
      const mail = await mailFromOutbox(db, params.id)
      if (!mail) throw noPage()
      const why = await whyOfMail(db, mail.messageId)
      return send(reply, inboxMailPage({ mail, show: viewOf(query.view), why, outbox: true }), MAIL_CSP)
    },
  )
}

async function upcomingOf(sql: Sql, obligation: string, now: number): Promise<Moment[]> {
  const id = await openDeadlineOf(sql, obligation)
  const deadline = id === null ? undefined : await deadlineById(sql, id)
  if (!deadline) return []
  return planMoments({ ...(await contextOf(sql, deadline)), fired: await firingsOf(sql, deadline.id), now })
    .upcoming
}

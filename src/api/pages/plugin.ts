import type {} from '@fastify/swagger'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { contextOf } from '../../db/plan-context.ts'
import { readCalendar } from '../../db/calendar-store.ts'
import { now as businessNow } from '../../db/clock-store.ts'
import { deadlineById, firingsOf } from '../../db/deadline-store.ts'
import { itemById, openDeadlineOf, storyOf } from '../../db/item-store.ts'
import { whyOfMail } from '../../db/overview-store.ts'
import type { Pool } from '../../db/pool.ts'
import { type Moment, planMoments } from '../../domain/moments.ts'
import type { TrialInbox } from '../../mail/trial-inbox.ts'
import { inboxListPage, inboxMailPage, MAIL_VIEWS, type MailView } from './inbox.ts'
import { itemPage } from './item.ts'
import { mailFromOutbox } from './outbox-mail.ts'
import { whyWords } from '../why-words.ts'
import type { Part } from './parts.ts'
import { html, page, PAGE_CSP } from './shell.ts'
import { statusPage } from './status.ts'
import { readStatus } from './status-view.ts'

export type PagesDeps = {
  pool: Pool
  inbox: TrialInbox | null
  parts: () => Promise<Part[]>
  gap: () => number | null
  temporalUi: () => string | null
  demo: boolean
}

const PER_PAGE = 50

/** The server-rendered pages: state of the year, one item, outbox, trial inbox. Read-only, and nothing personal on them. */
export async function pages(app: FastifyInstance, deps: PagesDeps): Promise<void> {
  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    const fixed = {
      demo: deps.demo,
      trialMail: deps.inbox !== null,
      parts: await deps.parts(),
      gap: deps.gap(),
      temporalUi: deps.temporalUi(),
    }
    return send(reply, statusPage(await readStatus(deps.pool, fixed)))
  })

  app.get<{ Params: { id: string } }>(
    '/obligations/:id',
    { schema: { hide: true } },
    async (request, reply) => {
      const item = await itemById(deps.pool, request.params.id)
      if (!item) return notFound(reply)
      const now = await businessNow(deps.pool)
      const [story, calendar] = [await storyOf(deps.pool, item.id), await readCalendar(deps.pool)]
      return send(
        reply,
        itemPage({ item, story, calendar, now, upcoming: await upcomingOf(deps.pool, item.id, now) }),
      )
    },
  )

  app.get<{ Params: { id: string }; Querystring: { view?: string } }>(
    '/mails/:id',
    { schema: { hide: true } },
    async (request, reply) => {
      const mail = await mailFromOutbox(deps.pool, request.params.id)
      if (!mail) return notFound(reply)
      const why = whyWords(await whyOfMail(deps.pool, mail.messageId))
      return send(reply, inboxMailPage({ mail, show: viewOf(request.query.view), why, base: '/mails' }))
    },
  )

  app.get<{ Querystring: { before?: string } }>(
    '/inbox',
    { schema: { hide: true } },
    async (request, reply) => {
      if (!deps.inbox) return notFound(reply)
      const { before } = request.query
      const mails = await deps.inbox.list({ limit: PER_PAGE, ...(before ? { before } : {}) })
      const last = mails[mails.length - 1]
      const next = last && mails.length === PER_PAGE ? `/inbox?before=${encodeURIComponent(last.id)}` : null
      return send(reply, inboxListPage({ mails, total: deps.inbox.count(), next }))
    },
  )

  app.get<{ Params: { id: string }; Querystring: { view?: string } }>(
    '/inbox/:id',
    { schema: { hide: true } },
    async (request, reply) => {
      const mail = await deps.inbox?.get(request.params.id)
      if (!mail) return notFound(reply)
      const why = whyWords(await whyOfMail(deps.pool, mail.messageId))
      return send(reply, inboxMailPage({ mail, show: viewOf(request.query.view), why }))
    },
  )
}

function send(reply: FastifyReply, markup: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_CSP).send(markup)
}

function notFound(reply: FastifyReply): FastifyReply {
  const body = html`<h1>没有这个页面</h1>
    <p>它可能已被清理。<a href="/">回到概况</a></p>`
  return send(reply.code(404), page({ title: '没有这个页面', body }))
}

function viewOf(text: string | undefined): MailView {
  return text !== undefined && text in MAIL_VIEWS ? (text as MailView) : 'html'
}

async function upcomingOf(pool: Pool, obligation: string, now: number): Promise<Moment[]> {
  const id = await openDeadlineOf(pool, obligation)
  const deadline = id === null ? undefined : await deadlineById(pool, id)
  if (!deadline) return []
  return planMoments({ ...(await contextOf(pool, deadline)), fired: await firingsOf(pool, deadline.id), now })
    .upcoming
}

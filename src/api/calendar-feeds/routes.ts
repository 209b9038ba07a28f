import { createHash } from 'node:crypto'
import type {} from '@fastify/rate-limit'
import { calendarFeedDocuments as documents } from '../../contract/routes/calendar-feed.ts'
import { feedOf, makeFeed, removeFeed } from '../../services/access/calendar-feeds.ts'
import { hashToken } from '../../services/access/tokens.ts'
import type { ApiDeps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { referenceData } from '../obligations/reference-data.ts'
import { tooMany } from '../plugins/rate-limit.ts'
import { ownOf } from '../session/own-account.ts'
import { faultError } from '../session/own-account-routes.ts'
import { feedCaller } from './feed-caller.ts'
import { readFeed } from './read-feed.ts'

/** A calendar asks some times a day; a person who tries it out, some times in a minute. */
const MOST_A_MINUTE = 20

/** One's own calendar feed, and what is read at its secret address. */
export function calendarFeedRoutes(app: Routes, deps: ApiDeps): void {
  const known = referenceData()
  const limit = app.createRateLimit({
    max: MOST_A_MINUTE,
    keyGenerator: ({ params }) =>
      `feed ${hashToken((params as { token: string }).token).toString('base64url')}`,
  })

  route(app, documents.getMyCalendarFeed, async (request) => {
    const feed = await feedOf(deps.gate, ownOf(request).person)
    return { createdAt: isoOrNull(feed?.createdWall ?? null), usedAt: isoOrNull(feed?.usedWall ?? null) }
  })

  route(app, documents.makeMyCalendarFeed, async (request) => {
    const made = await makeFeed(deps, ownOf(request), request.body)
    if ('why' in made) throw faultError(made, made.field)
    return { url: urlOf(deps.letters.dashboardUrl, made.token), createdAt: iso(made.feed.createdWall) }
  })

  route(app, documents.removeMyCalendarFeed, async (request, reply) => {
    if (!(await removeFeed(deps, ownOf(request)))) throw notFound('日历订阅')
    return reply.code(204).send(null)
  })

  route(app, documents.readCalendarFeed, async (request, reply) => {
    const used = await limit(request)
    if (!used.isAllowed && used.isExceeded) throw tooMany(used.ttlInSeconds)
    const caller = await feedCaller(deps, request.params.token)
    if (!caller) throw notFound('日历订阅')
    request.actor = caller.actor
    request.asOf = caller.asOf
    const text = await readFeed(request, await known(request), deps.letters.dashboardUrl)
    const tag = `"${createHash('sha256').update(text).digest('base64url')}"`
    // Kept by the calendar that reads it, and asked about each time.
    void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' })
    if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send(null)
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'inline; filename="duban.ics"')
      .serializer(String)
      .send(text)
  })
}

function urlOf(dashboardUrl: string, token: string): string {
  return `${dashboardUrl.replace(/\/+$/, '')}/v1/calendar-feeds/${token}/duban.ics`
}

function isKnown(known: string | undefined, tag: string): boolean {
  const tags = (known ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return tags.includes(tag) || tags.includes('*')
}

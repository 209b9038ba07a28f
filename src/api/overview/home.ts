import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { home } from '../../contract/api/overview.ts'
import { type LateHolder, lateHolders } from '../../services/obligations/late-holders.ts'
import { countInboxes } from '../../services/obligations/search-counts.ts'
import { type InboxQuery, INBOXES } from '../../domain/obligation/inboxes.ts'
import { sectionsFor } from '../../domain/people/home-sections.ts'
import { onlyRoot } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import { type ObligationReader, scopeOf } from '../obligations/read.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { actorOf } from '../plugins/actor.ts'

type Home = z.infer<typeof home>
const ROWS = 8

/** The first page of somebody: what is theirs, what waits for their review, and what is late, and by whom. */
export async function readHome(request: FastifyRequest, reader: ObligationReader): Promise<Home> {
  const actor = actorOf(request)
  const sections = sectionsFor(actor)
  if (!actor.permissions.has('obligations:read')) return { sections, mine: null, toReview: null, late: null }
  const known = await reader.known(request)
  const counts = await countInboxes(request.db, scopeOf(actor), known.now, onlyRoot(actor))
  const first = (query: InboxQuery) => firstRows(request, reader, query)
  const reviews = actor.permissions.has('obligations:review')
  const holders = await lateHolders(request.db, actor.scope, known.now)
  return {
    sections,
    mine: sections.includes('held')
      ? {
          ...{ count: counts.mine, overdue: counts['mine-overdue'], dueToday: counts['mine-today'] },
          returned: counts['mine-returned'],
          items: await first(INBOXES.mine.query),
        }
      : null,
    toReview: reviews ? { count: counts['to-review'], items: await first(INBOXES['to-review'].query) } : null,
    late: {
      count: counts.overdue,
      items: await first(INBOXES.overdue.query),
      byHolder: holders.map((holder) => showHolder(holder, known)),
    },
  }
}

async function firstRows(request: FastifyRequest, reader: ObligationReader, query: InboxQuery) {
  const { items } = await reader.list(request, { ...query, sort: 'holderDueAt', limit: ROWS })
  return items
}

function showHolder({ office, person, phone, count, oldestDueOn }: LateHolder, known: ReferenceData) {
  const { names, calendar, now } = known
  return {
    office: { code: office, name: names.office(office) },
    person: person === null ? null : { id: person, name: names.person(person), phone },
    count,
    longest: calendar.between(oldestDueOn, dayOf(now)),
  }
}

import type { FastifyRequest } from 'fastify'
import { STAGE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { type DueEvent, writeCalendar } from '../../ledgers/icalendar.ts'
import { type ObligationRow, searchObligations } from '../../services/obligations/search.ts'
import { holderOf } from '../obligations/present.ts'
import { askedOf, scopeOf } from '../obligations/read.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { actorOf } from '../plugins/actor.ts'

/** As many as a calendar shows without being slow; those due first. */
const MOST = 1_000

/**
 * What waits for somebody's turn, each on the day it is due: of their offices, unless somebody else is named, and of whoever they
 * stand in for. Of a household no more than in a mail: number, kind and town.
 */
export async function readFeed(
  request: FastifyRequest,
  { names, calendars, now }: ReferenceData,
  dashboardUrl: string,
): Promise<string> {
  const actor = actorOf(request)
  const behalf = actor.heldRoles.flatMap(({ onBehalfOf }) => onBehalfOf ?? [])
  const asked = askedOf(actor, { standing: 'held', namedAmong: [actor.id, ...new Set(behalf)] })
  const page = { sort: 'holderDueAt', after: null, limit: MOST + 1, now } as const
  const found = await searchObligations(request.db, asked, page, scopeOf(actor))
  const root = dashboardUrl.replace(/\/+$/, '')
  const few = found.length <= MOST ? '' : `只列最早到期的 ${MOST} 件,其余请到督办中查看。`
  return writeCalendar({
    name: `督办 ${actor.name}`,
    description: `轮到${actor.name}的在办事项,按到期日逐件列出。${few}`,
    events: found.slice(0, MOST).flatMap((row) => {
      const holder = holderOf(row, names, calendars.of(row.holderCode ?? row.officeCode))
      return holder ? [eventOf(row, holder, names.office(row.officeCode), root)] : []
    }),
  })
}

type Holder = NonNullable<ReturnType<typeof holderOf>>

function eventOf(row: ObligationRow, holder: Holder, office: string, root: string): DueEvent {
  const what = [office, row.title, row.externalId ?? ''].filter((word) => word !== '')
  const url = `${root}/app/obligations/${row.id}`
  const until = holder.provisional
    ? '到这天 24:00 为止(暂定:这一年的放假安排还没有公布)。'
    : '到这天 24:00 为止。'
  return {
    uid: `${row.id}@duban`,
    day: holder.dueOn,
    summary: `${STAGE_LABELS[holder.assignment]}:${what.join(' ')}`,
    description: `${until}在督办中打开:${url}`,
    url,
    sequence: row.version,
    at: row.issuedAt,
  }
}

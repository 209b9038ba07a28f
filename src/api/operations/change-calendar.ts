import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { calendarChange, calendarChangeBody } from '../../contract/api/calendar-changes.ts'
import type { dryRunQuery } from '../../contract/api/recounts.ts'
import { type CalendarChange, ChangeTooLarge, type DaySpan } from '../../domain/time/calendar-change.ts'
import { NoticeRefused, readNotice } from '../../domain/time/read-notice.ts'
import {
  changeCalendar,
  previewCalendarChange,
  UnknownOffice,
} from '../../services/recounts/change-calendar.ts'
import type { Preview } from '../../services/recounts/effect.ts'
import { readCountyCalendar } from '../../services/schedule/calendar.ts'
import { ApiError } from '../http/errors.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { countyOf } from '../people/county.ts'
import { actorOf, mustReach } from '../plugins/actor.ts'
import { mustBeExpected, showEffect } from '../recounts/present.ts'

type Body = z.infer<typeof calendarChangeBody>
type Request = FastifyRequest<{ Body: Body; Querystring: z.infer<typeof dryRunQuery> }>
type Answer = z.infer<typeof calendarChange>

/** Tells what a change of days does to the open work, and does it where that is asked for. */
export async function handleCalendarChange(request: Request, known: ReferenceData): Promise<Answer> {
  const { dryRun = true } = request.query
  const county = await countyOf(request.db, request.body.county, '/body/county')
  mustReach(request, 'calendar:manage', county)
  const change = changeOf(request.body, county)
  const { now } = known
  const before = await previewCalendarChange(request.db, change, { county, now }).catch((error) => {
    throw refusalOf(error, request.body)
  })
  if (dryRun) return answerOf(request, county, { change, preview: before, dryRun }, known)
  const preview = await request.db.transaction(async (tx, note) => {
    const done = await changeCalendar(tx, change, { county, now, actor: actorOf(request).id })
    mustBeExpected(request.body.expectedCount, done)
    const { later, earlier } = done.total
    Object.assign(note, { action: 'calendar.change', county })
    note.detail = {
      source: change.source,
      days: change.spans.length,
      offices: change.scope.offices.length,
      later,
      earlier,
    }
    return done
  })
  return answerOf(request, county, { change, preview, dryRun }, known)
}

async function answerOf(
  { db }: Request,
  county: string,
  { change, preview, dryRun }: { change: CalendarChange; preview: Preview; dryRun: boolean },
  known: ReferenceData,
): Promise<Answer> {
  return {
    ...(await showEffect(db, county, preview, known)),
    ...{ dryRun, days: [...change.spans], coveredTo: (await readCountyCalendar(db, county)).coverage.to },
  }
}

/** @throws ApiError 422 for a notice that cannot be read */
function changeOf(body: Body, county: string): CalendarChange {
  const { source, onlyOffices: offices } = body
  const spans = spansOf(body)
  if (offices === undefined) return { scope: { below: true, offices: [county] }, spans, source }
  return { scope: { below: false, offices: [...new Set(offices)] }, spans, source }
}

/** An office of another county, or more days than one change may write. */
function refusalOf(error: unknown, { onlyOffices = [], notice }: Body): unknown {
  if (error instanceof UnknownOffice)
    return new ApiError(422, 'unknown-office', error.message, [
      {
        pointer: `/body/onlyOffices/${onlyOffices.indexOf(error.office)}`,
        message: '不是本县的单位(见 GET /v1/offices)',
      },
    ])
  if (!(error instanceof ChangeTooLarge)) return error
  const pointer = notice === undefined ? '/body/days' : '/body/notice'
  return new ApiError(422, 'too-many', error.message, [{ pointer, message: error.message }])
}

function spansOf({ days, notice, year }: Body): DaySpan[] {
  if (notice === undefined)
    return (days ?? []).map(({ from, to = from, plan, name = '' }) => ({ from, to, plan, name }))
  try {
    return readNotice(notice, year ?? null)
  } catch (error) {
    if (!(error instanceof NoticeRefused)) throw error
    throw new ApiError(422, 'bad-file', `通知不能用:${error.message}`, [
      { pointer: '/body/notice', message: error.message },
    ])
  }
}

import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { calendarChange, calendarChangeBody } from '../../contract/api/calendar-changes.ts'
import type { dryRunQuery } from '../../contract/api/recounts.ts'
import type { CalendarChange, DaySpan } from '../../domain/time/calendar-change.ts'
import { NoticeRefused, readNotice } from '../../domain/time/read-notice.ts'
import { officesUnder } from '../../services/people/offices.ts'
import { changeCalendar, previewCalendarChange } from '../../services/recounts/change-calendar.ts'
import type { Preview } from '../../services/recounts/effect.ts'
import { readCalendar } from '../../services/schedule/calendar.ts'
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
  const change = await changeOf(request, county)
  const { now } = known
  const before = await previewCalendarChange(request.db, change, { county, now })
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
    ...{ dryRun, days: [...change.spans], coveredTo: (await readCalendar(db, county)).coverage.to },
  }
}

/** @throws ApiError 422 for a notice that cannot be read, or an office of another county */
async function changeOf(request: Request, county: string): Promise<CalendarChange> {
  const { source, onlyOffices: offices } = request.body
  const spans = spansOf(request.body)
  if (offices === undefined) return { scope: { below: true, offices: [county] }, spans, source }
  const theirs = new Set((await officesUnder(request.db, county)).map(({ code }) => code))
  const unknown = offices.findIndex((office) => !theirs.has(office))
  if (unknown >= 0)
    throw new ApiError(422, 'unknown-office', `本县没有单位 ${offices[unknown]}。`, [
      { pointer: `/body/onlyOffices/${unknown}`, message: '不是本县的单位(见 GET /v1/offices)' },
    ])
  return { scope: { below: false, offices: [...new Set(offices)] }, spans, source }
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

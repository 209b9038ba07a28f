import type { FastifyRequest } from 'fastify'
import { readCalendar } from '../../services/schedule/calendar.ts'
import { type Names, readNames } from '../../services/people/names.ts'
import { VersionedCache } from '../../db/versioned-cache.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import type { Instant } from '../../domain/time/days.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'

export type ReferenceData = { names: Names; calendar: Calendar; now: Instant }

/** What obligations are shown with and what hardly ever changes: read once for each edition of directory and calendar. */
export function referenceData(): (request: FastifyRequest) => Promise<ReferenceData> {
  const names = new VersionedCache<Names>(100)
  const calendars = new VersionedCache<Calendar>(1)
  return async (request) => {
    const { now, directory, calendar } = asOfOf(request)
    const counties = actorOf(request).scope.counties.join(',')
    return {
      now,
      // Which part of the directory somebody sees depends on their counties alone (policies own_county).
      names: await names.get(counties, directory, () => readNames(request.db)),
      calendar: await calendars.get('', calendar, () => readCalendar(request.db)),
    }
  }
}

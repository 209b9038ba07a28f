import type { FastifyRequest } from 'fastify'
import { readCalendars } from '../../services/schedule/calendar.ts'
import { type Names, readNames } from '../../services/people/names.ts'
import { VersionedCache } from '../../db/versioned-cache.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import type { Calendars } from '../../domain/time/calendars.ts'
import type { Instant } from '../../domain/time/days.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'

/** `calendar`: that of the reader's county. */
export type ReferenceData = { names: Names; calendar: Calendar; calendars: Calendars; now: Instant }

/** What obligations are shown with and what hardly ever changes: read once for each edition of directory and calendar. */
export function referenceData(): (request: FastifyRequest) => Promise<ReferenceData> {
  const names = new VersionedCache<Names>(100)
  const calendars = new VersionedCache<Calendars>(1)
  return async (request) => {
    const { now, directory, calendar } = asOfOf(request)
    const { counties } = actorOf(request).scope
    const all = await calendars.get('', calendar, () => readCalendars(request.db))
    return {
      now,
      // Which part of the directory somebody sees depends on their counties alone (policies own_county).
      names: await names.get(counties.join(','), directory, () => readNames(request.db)),
      calendar: all.of(counties[0] ?? ''),
      calendars: all,
    }
  }
}

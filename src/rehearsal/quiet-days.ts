import { dayOf, endOfDay, type Instant, weekday } from '../domain/time/days.ts'
import type { CountyApi } from './county-api.ts'
import type { People } from './people.ts'
import { keptRound, morningAtOrAfter, type SimpleCalendar } from './simple-calendar.ts'

type World = { people: People; calendar: SimpleCalendar }

/**
 * The round in which somebody reads what can wait: the one it was promised for, or the first morning after it that is no quiet day of
 * theirs. Where its day has become free since, it goes with the first round after it, whatever day of theirs that is.
 * @param promised by the days known then, not as it was kept
 * @param at when it was promised
 */
export function readingRound(
  to: string,
  promised: Instant,
  at: Instant,
  { people, calendar }: World,
): Instant {
  const quiet = people.quietDaysOf(to)
  let morning = promised
  while (quiet.includes(weekday(dayOf(morning))))
    morning = morningAtOrAfter(endOfDay(dayOf(morning)), calendar.asOf(at))
  return keptRound(morning, calendar)
}

/** The administrator enters the quiet days of whoever has some, before anybody is told of anything. */
export async function enterQuietDays(county: CountyApi, people: People): Promise<void> {
  const [administrator = ''] = people.everybody.filter((email) =>
    people.postsOf(email).some(({ role }) => role === 'administrator'),
  )
  for (const email of people.everybody) {
    const quietDays = people.quietDaysOf(email)
    if (quietDays.length === 0) continue
    const { id } = await county.personAt(email)
    await (await county.as(administrator)).changeContact(id, { quietDays })
  }
}

import { dayOf, endOfDay, type Instant, weekday } from '../domain/time/days.ts'
import type { CountyApi } from './county-api.ts'
import type { People } from './people.ts'
import { keptRound, morningAtOrAfter, type SimpleCalendar } from './simple-calendar.ts'

type World = { people: People; calendar: SimpleCalendar }

/**
 * The round in which somebody reads what can wait: the one it was promised for, or the first morning after it that is no quiet day of
 * theirs. @param at when it was promised, by the days known then
 */
export function readingRound(to: string, round: Instant, at: Instant, { people, calendar }: World): Instant {
  const quiet = people.quietDaysOf(to)
  let morning = round
  while (quiet.includes(weekday(dayOf(morning))))
    morning = morningAtOrAfter(endOfDay(dayOf(morning)), calendar.asOf(at))
  return morning === round ? round : keptRound(morning, calendar)
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

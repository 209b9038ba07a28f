import { holders } from '../../domain/escalation/directory.ts'
import type { Role } from '../../domain/obligation/vocabulary.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { missingYearWords } from '../../domain/time/missing-year.ts'
import type { Sql } from '../../db/pool.ts'
import type { County } from '../people/offices.ts'
import { countProvisional, readMissingYear } from '../schedule/missing-year.ts'
import { notify } from './notify.ts'
import { countyStaff } from './readers.ts'

/** Whoever keeps the system, and whoever may publish a calendar. */
const TOLD: readonly Role[] = ['administrator', 'relief-centre', 'bureau-leader']

/** From September on, once a month until it is published: next year's calendar is missing, and so many days rest on it. */
export async function tellMissingYear(
  tx: Sql,
  { office: county }: Pick<County, 'office'>,
  calendar: Calendar,
  { now, ...timing }: { now: Instant; roundAt?: Instant },
): Promise<void> {
  const year = await readMissingYear(tx, calendar, now)
  if (year === null) return
  const { directory, offices } = await countyStaff(tx, county)
  const people = new Set(TOLD.flatMap((role) => holders(role, [...offices.keys()], directory, now)))
  const detail = missingYearWords(year, await countProvisional(tx, county), true)
  const line = { kind: 'correction', audience: null, detail } as const
  await notify(
    tx,
    {
      ...{ county, cause: `calendar/${county}/${year}/${dayOf(now).slice(0, 7)}` },
      ...{ deadline: null, urgent: false },
      ...timing,
      people: [...people].map((person) => ({ person, ...line })),
    },
    now,
  )
}

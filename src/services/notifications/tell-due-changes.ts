import { groupBy } from '../../domain/grouping.ts'
import { peopleFor } from '../../domain/escalation/directory.ts'
import type { Instant } from '../../domain/time/days.ts'
import { lastMorningRound } from '../../domain/time/office-hours.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { dueChanges } from '../../db/schema/index.ts'
import { columns, type RowsOf } from '../../db/select-columns.ts'
import type { County } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { notify } from './notify.ts'
import { countyStaff } from './readers.ts'

const CHANGE = columns(dueChanges, 't', ['id', 'office', 'person', 'why', 'later', 'earlier', 'names', 'at'])
type Change = RowsOf<typeof CHANGE>
/** As many names as a line has; the others are counted. */
const NAMED = 5

/**
 * Owes whoever holds work whose day a calendar or a policy moved one line about each change, once the morning's round is due: how many
 * of theirs got more time, how many less.
 */
export async function tellDueChanges(
  tx: Sql,
  { office: county, hours }: Pick<County, 'office' | 'hours'>,
  now: Instant,
): Promise<void> {
  const round = lastMorningRound(now, hours, await readCountyCalendar(tx, county))
  const taken = await takeChanges(tx, county, round)
  if (taken.length === 0) return
  const { directory } = await countyStaff(tx, county)
  for (const alike of groupBy(taken, ({ why, at }) => `${at}/${why}`).values()) {
    const told = alike.flatMap((change) =>
      peopleFor({ to: 'holder' }, change, directory, now).map((person) => ({ person, change })),
    )
    const people = [...groupBy(told, ({ person }) => person)].map(([person, theirs]) => ({
      ...({ person, kind: 'correction', audience: null } as const),
      detail: dueChangeWords(theirs.map(({ change }) => change)),
    }))
    await notify(
      tx,
      { county, cause: `due-change/${alike[0]!.id}`, deadline: null, urgent: false, people },
      round,
    )
  }
}

/** `工作日历有变(…):您处 3 件的限时推后、1 件提前:YJ1、YJ2。请按新的日期办理。` */
export function dueChangeWords(
  changes: readonly Pick<Change, 'why' | 'later' | 'earlier' | 'names'>[],
): string {
  const sum = (of: 'later' | 'earlier') => changes.reduce((total, change) => total + change[of], 0)
  const [later, earlier] = [sum('later'), sum('earlier')]
  const moved = [
    ...(later > 0 ? [`${later} 件的限时推后`] : []),
    ...(earlier > 0 ? [`${earlier} 件的限时提前`] : []),
  ]
  const names = changes.flatMap((change) => change.names).slice(0, NAMED)
  const more = later + earlier > names.length ? ` 等 ${later + earlier} 件` : ''
  return `${changes[0]?.why ?? ''}:您处 ${moved.join('、')}:${names.join('、')}${more}。请按新的日期办理。`
}

function takeChanges(tx: Sql, county: string, until: Instant): Promise<Change[]> {
  return rows(
    tx,
    `with t as (delete from due_changes where county = $1 and at <= $2 returning *) select ${CHANGE} from t order by t.id`,
    [county, ts(until)],
  )
}

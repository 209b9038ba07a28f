import type { Day, Instant } from '../../domain/time/days.ts'
import { dayOf } from '../../domain/time/days.ts'
import { lastMorningRound } from '../../domain/time/office-hours.ts'
import { dayWords } from '../../mail/digest-lines.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { performing } from '../obligations/turn-clocks.ts'
import type { County } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { notify } from './notify.ts'

type Broken = { id: string; name: string; office: string; person: string; promisedOn: Day; notedBy: string }

/** A promise whose day is over comes back to whoever noted it, once, with the morning's round; one that was kept is forgotten. */
export async function tellBrokenPromises(
  tx: Sql,
  { office: county, hours }: Pick<County, 'office' | 'hours'>,
  now: Instant,
): Promise<void> {
  const round = lastMorningRound(now, hours, await readCountyCalendar(tx, county))
  for (const { id, name, office, person, promisedOn, notedBy } of await takePromises(tx, county, round)) {
    const day = dayWords(promisedOn, Number(promisedOn.slice(0, 4)))
    const detail = `${name} ${office}的${person}答应${day}办完,还没有提交。`
    const people = [{ person: notedBy, kind: 'correction', audience: null, detail } as const]
    await notify(tx, { county, cause: `promise/${id}`, deadline: null, urgent: false, people }, round)
  }
}

/** Promised for a day before that of the round; of those that are still to be performed. Whoever left is told nothing. */
function takePromises(tx: Sql, county: string, round: Instant): Promise<Broken[]> {
  return rows(
    tx,
    `with taken as (update contacts set told_at = $3
        where county = $1 and promised_on < $2 and told_at is null and noted_at <= $3
        returning id, obligation, person, promised_on, noted_by)
     select t.id, coalesce(o.external_id, '「' || o.title || '」') as name, f.name as office, p.name as person,
            t.promised_on as "promisedOn", t.noted_by as "notedBy"
       from taken t join obligations o on o.id = t.obligation join offices f on f.code = o.office
       join people p on p.id = t.person join people n on n.id = t.noted_by and n.active
      where ${performing('o')} order by t.id`,
    [county, dayOf(round), ts(round)],
  )
}

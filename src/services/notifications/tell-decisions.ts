import { peopleFor } from '../../domain/escalation/directory.ts'
import { type DecisionCode, OFFER_LAPSED } from '../../domain/obligation/event-labels.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { lastMorningRound } from '../../domain/time/office-hours.ts'
import { dayWords } from '../../mail/digest-lines.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { County } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { notify } from './notify.ts'
import { countyStaff } from './readers.ts'

/** `office` and `person`: whose people hear of it. `performer`: the name of the office that performs it now. */
type Decision = {
  id: number
  name: string
  office: string
  person: string | null
  performer: string
  action: DecisionCode
  dueOn: Day
}

/** What each decision means for whoever performs; the others need no line of their own. */
const WORDS: Partial<Record<DecisionCode, (day: string, performer: string) => string>> = {
  'phase-moved': (day) => `所在阶段的日期改了,限时改为${day}。`,
  suspend: (day) => `已暂停,暂停期间不计时、不催办;照批准的期限恢复的,限时为${day}。`,
  resume: (day) => `已恢复办理,限时为${day}。`,
  'grant-extension': (day) => `延期已批准,限时改为${day}。`,
  'refuse-extension': (day) => `延期没有批准,限时为${day}。`,
  'accept-hand-over': (_, performer) => `移交已由${performer}接收,不再由您单位办理。`,
  'hand-over-decided': (day) => `移交已由管理的人代为接收,现由您单位办理,限时为${day}。`,
  [OFFER_LAPSED]: (day) => `要接收的单位已调整,移交失效,仍由您单位办理,限时为${day};需要移交的,请重新提出。`,
  'refuse-hand-over': (day) => `移交没有被接收,仍由您单位办理,限时为${day}。`,
  'hand-on': (day) => `已随单位调整移交给您单位办理,限时为${day}。`,
  assign: (day) => `已分给您办理,限时为${day}。`,
}
/** As many names as a line has; the others are counted. */
const NAMED = 5

/**
 * Owes the people who perform a line about each pause and each answer since the morning before, once the morning's round is
 * due: what was taken back on the same day is told to nobody. What is alike is one line.
 */
export async function tellDecisions(
  tx: Sql,
  { office: county, hours }: Pick<County, 'office' | 'hours'>,
  now: Instant,
): Promise<void> {
  const round = lastMorningRound(now, hours, await readCountyCalendar(tx, county))
  const taken = await takeDecisions(tx, county, round)
  if (taken.length === 0) return
  const { directory } = await countyStaff(tx, county)
  for (const alike of alikeOf(taken)) {
    const { id, office, person, performer, action, dueOn } = alike[0]!
    const words = WORDS[action]?.(dayWords(dueOn, Number(dueOn.slice(0, 4))), performer)
    if (words === undefined) continue
    const detail = `${namesOf(alike.map(({ name }) => name))} ${words}`
    const people = peopleFor({ to: 'holder' }, { office, person }, directory, now)
    const line = { kind: 'correction', audience: null, detail } as const
    const telling = { county, cause: `decision/${id}`, deadline: null, urgent: false }
    await notify(tx, { ...telling, people: people.map((person) => ({ person, ...line })) }, round)
  }
}

/** Of one office, with the same words. */
function alikeOf(decisions: readonly Decision[]): Decision[][] {
  const groups = new Map<string, Decision[]>()
  for (const decision of decisions) {
    const { office, person, performer, action, dueOn } = decision
    const key = [office, person ?? '', performer, action, dueOn].join('/')
    groups.set(key, [...(groups.get(key) ?? []), decision])
  }
  return [...groups.values()]
}

function namesOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED).join('、')
  return names.length > NAMED ? `${named} 等 ${names.length} 件` : named
}

/** Decided until then: of each thing that is still open the last decision alone, to each office that is told. */
function takeDecisions(tx: Sql, county: string, until: Instant): Promise<Decision[]> {
  return rows(
    tx,
    `with taken as (delete from decisions where county = $1 and at <= $2 returning id, obligation, action, due_on, office),
          last as (select distinct on (obligation, office) * from taken order by obligation, office, id desc)
     select l.id, coalesce(o.external_id, '「' || o.title || '」') as name, l.action, l.due_on as "dueOn",
            coalesce(l.office, case l.action when 'assign' then o.holder_office end, o.office) as office,
            case l.action when 'assign' then o.holder_person end as person, f.name as performer
       from last l join obligations o on o.id = l.obligation join offices f on f.code = o.office
      where o.state not in ('accepted','cancelled') order by l.id`,
    [county, ts(until)],
  )
}

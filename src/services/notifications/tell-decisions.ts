import { peopleFor } from '../../domain/escalation/directory.ts'
import type { ActionCode } from '../../domain/obligation/actions.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { dayWords } from '../../mail/digest-lines.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { notify } from './notify.ts'
import { countyStaff } from './readers.ts'

type Decision = { id: number; name: string; office: string; action: ActionCode; dueOn: Day }

/** What each decision means for whoever performs; the others need no line of their own. */
const WORDS: Partial<Record<ActionCode, (day: string) => string>> = {
  suspend: (day) => `已暂停,暂停期间不计时、不催办;照批准的期限恢复的,限时为${day}。`,
  resume: (day) => `已恢复办理,限时为${day}。`,
  'grant-extension': (day) => `延期已批准,限时改为${day}。`,
  'refuse-extension': (day) => `延期没有批准,限时为${day}。`,
}
/** As many names as a line has; the others are counted. */
const NAMED = 5

/** Owes the people who perform a line about each pause and each answer since the courier last asked; what is alike is one line. */
export async function tellDecisions(tx: Sql, county: string, now: Instant): Promise<void> {
  const taken = await takeDecisions(tx, county)
  if (taken.length === 0) return
  const { directory } = await countyStaff(tx, county)
  for (const alike of alikeOf(taken)) {
    const { id, office, action, dueOn } = alike[0]!
    const words = WORDS[action]?.(dayWords(dueOn, Number(dueOn.slice(0, 4))))
    if (words === undefined) continue
    const detail = `${namesOf(alike.map(({ name }) => name))} ${words}`
    const people = peopleFor({ to: 'holder' }, { office, person: null }, directory, now)
    const line = { kind: 'correction', audience: null, detail } as const
    const telling = { county, cause: `decision/${id}`, deadline: null, urgent: false }
    await notify(tx, { ...telling, people: people.map((person) => ({ person, ...line })) }, now)
  }
}

/** Of one office, with the same words. */
function alikeOf(decisions: readonly Decision[]): Decision[][] {
  const groups = new Map<string, Decision[]>()
  for (const decision of decisions) {
    const key = `${decision.office}/${decision.action}/${decision.dueOn}`
    groups.set(key, [...(groups.get(key) ?? []), decision])
  }
  return [...groups.values()]
}

function namesOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED).join('、')
  return names.length > NAMED ? `${named} 等 ${names.length} 件` : named
}

function takeDecisions(tx: Sql, county: string): Promise<Decision[]> {
  return rows(
    tx,
    `with taken as (delete from decisions where county = $1 returning id, obligation, action, due_on)
     select t.id, coalesce(o.external_id, '「' || o.title || '」') as name, o.office, t.action, t.due_on as "dueOn"
       from taken t join obligations o on o.id = t.obligation order by t.id`,
    [county],
  )
}

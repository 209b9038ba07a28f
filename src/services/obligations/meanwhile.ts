import { eventLabel } from '../../domain/obligation/event-labels.ts'
import { beijingText, type Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** As many changes as a sentence names; the others are counted. */
const NAMED = 3

type Change = { at: Instant; action: string; name: string }

/**
 * The last changes of an obligation in words, the newest first: who, when, what.
 * @param behind how many there were since somebody looked
 */
export async function changesInWords(sql: Sql, obligation: string, behind: number): Promise<string> {
  const changes = await rows<Change>(
    sql,
    `select e.at, e.action, coalesce(p.name, k.name, '系统') as name from events e
       left join people p on p.id = e.actor left join api_keys k on k.id = e.actor
      where e.obligation = $1 order by e.id desc limit $2`,
    [obligation, Math.min(behind, NAMED)],
  )
  const named = changes.map(({ at, action, name }) => `${beijingText(at)} ${name} ${eventLabel(action)}`)
  const more = behind > NAMED ? [`另有 ${behind - NAMED} 处`] : []
  return [...named, ...more].join(';')
}

/** Goes before the words about a change that came first. */
export const LAST_CHANGE = '最近的变动:'

/** What can only be refused since somebody else did something first. */
const FIRST_ELSEWHERE: ReadonlySet<string> = new Set([
  ...['nothing-to-undo', 'acted-since', 'no-offer', 'no-request', 'handed-over', 'version-mismatch'],
])

/** Whether a refusal is mostly one since somebody else was first. @param code of the refusal */
export function isFirstElsewhere(code: string): boolean {
  return code.startsWith('not-while-') || FIRST_ELSEWHERE.has(code)
}

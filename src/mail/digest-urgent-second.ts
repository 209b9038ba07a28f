import { begunByColleague } from './digest-colleague.ts'
import { blank, byUrgency, distinctDeadlines, things } from './digest-order.ts'
import { countedParts, firstOf, isLate, partsOf } from './digest-parts.ts'
import { absentWords, beginnersWords } from './digest-sharing.ts'
import { dayAhead, type DayWords, firstDay, shortDay } from './digest-soon.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

type Verb = '复核' | '办理' | '督促'
/** What an urgent letter brings that a colleague begins with. `url`: where a single thing stands. */
export type UrgentSecond = { verb: Verb; count: number; late: number; words: string; url: string | null }

/**
 * The words of an urgent letter to the second in a role: `由李某(电话 0915-4420001)先办理红色预警核查 1 件,明天(6月15日 周三)到期,其不在时由您办理`.
 * Null where the letter is not urgent, or nothing in it is a colleague's to begin with.
 */
export function urgentSecond(input: DigestInput): UrgentSecond | null {
  const found = newsOf(input)
  if (found === null) return null
  const { verb, lines } = found
  const firsts = new Map(lines.flatMap((e) => firstOf(e) ?? []).map((t) => [`${t.name} ${t.phone}`, t]))
  const called = [...firsts.values()].map(({ name, phone }) =>
    phone === null ? flat(name) : `${flat(name)}(电话 ${flat(phone)})`,
  )
  const day = dueWords(lines, (on, provisional) => dayAhead(input, on, provisional))
  const [only, ...others] = lines.flatMap(({ items }) => items)
  const count = things(lines)
  return {
    ...{ verb, count, late: things(lines.filter(isLate)) },
    words: [`由${beginnersWords(called)}先${verb}${whatOf(lines)}`, ...day, `${absentWords([])}${verb}`].join(
      ',',
    ),
    url: only && others.length === 0 && count === 1 ? only.url : null,
  }
}

/** The same for a subject: `由李某先办红色预警核查 1 件`, its day, and what is left to the reader. */
export function urgentSecondFacts(input: DigestInput): string[] {
  const found = newsOf(input)
  if (found === null) return []
  const { verb, lines } = found
  const names = [...new Set(lines.flatMap((e) => firstOf(e)?.name ?? []))].map(flat)
  const day = dueWords(lines, (on, provisional) => shortDay(input, on, provisional))
  return [
    `由${beginnersWords(names)}先${verb === '办理' ? '办' : verb}${whatOf(lines)}`,
    ...day,
    `${absentWords([])}${verb}`,
  ]
}

/** The lines of one verb, the most urgent first: what is to be done before what is to be pressed. */
function newsOf(input: DigestInput): { verb: Verb; lines: DigestEntry[] } | null {
  if (!input.urgent) return null
  const reviews = partsOf(input)['do-second'].filter(({ stage }) => stage === 'review')
  const all: { verb: Verb; entries: DigestEntry[] }[] = [
    { verb: '办理', entries: begunByColleague(input) },
    { verb: '复核', entries: reviews },
    { verb: '督促', entries: countedParts(input).standBy },
  ]
  const [first] = all.filter(({ entries }) => entries.length > 0)
  return first ? { verb: first.verb, lines: distinctDeadlines(first.entries).sort(byUrgency) } : null
}

/** `红色预警核查 1 件`, of several sorts how many there are. */
function whatOf(lines: readonly DigestEntry[]): string {
  const [label = '', ...others] = new Set(lines.map((e) => flat(e.label)))
  const count = `${things(lines)} 件`
  return others.length > 0 ? blank(count) : `${label} ${count}`
}

/** What is late already says so; of the rest the day of all of them, or the first of their days. */
function dueWords(lines: readonly DigestEntry[], day: DayWords): string[] {
  const late = things(lines.filter(isLate))
  if (late > 0 && late === things(lines)) return ['已逾期']
  if (late > 0) return [`${late} 件已逾期`]
  const dues = lines.flatMap(({ due }) => due ?? [])
  const [first] = dues
  const days = new Set(dues.map(({ dueOn }) => dueOn))
  return first ? firstDay(days.size, day(first.dueOn, first.provisional)) : []
}

import { beijingText, type Instant } from '../domain/time/days.ts'
import type { StoryTurn } from './expected-history.ts'
import { isOpen } from './expected-standing.ts'
import type { People } from './people.ts'
import { isBeside } from './policy-table.ts'
import { readingRound } from './quiet-days.ts'
import { morningAtOrAfter, type SimpleCalendar } from './simple-calendar.ts'
import type { Acceptance } from './sink.ts'

/** An override that was decided, with what stood in its way, counted apart. */
export type PlayedOverride = { at: Instant; title: string; blockers: number }

/** What of the county is told apart from any deadline: the check of each working day, and a gate that was overridden. */
export type ToldOfCounty = {
  /** How many households of the roster nothing had reached. */
  unreached(at: Instant): number
  overrides: readonly PlayedOverride[]
}
type World = { people: People; calendar: SimpleCalendar }
type Span = { start: Instant; until: Instant }

const CHECK_ROLES = ['administrator']
const OVERRIDE_ROLES = ['relief-centre', 'verification-centre', 'administrator']
const DAY_MS = 24 * 60 * 60_000

/** One sentence for each check or override that a mail leaves out, adds or tells otherwise. */
export function countyFaults(
  accepted: readonly Acceptance[],
  turns: readonly StoryTurn[],
  span: Span,
  told: ToldOfCounty,
  world: World,
): string[] {
  const owed = owedLines(turns, span, told, world)
  const got = new Map(accepted.map((mail) => [`${mail.to} ${mail.acceptedAt}`, linesIn(mail.text)]))
  return [...new Set([...owed.keys(), ...got.keys()])].flatMap((key) => {
    // What is told of several phases at once stands in any order.
    const [expected, said] = [owed, got].map((lines) => (lines.get(key) ?? []).toSorted().join(';'))
    if (expected === said) return []
    const [to = '', at] = key.split(' ')
    return [`${to} ${beijingText(Number(at))} 信中“${said}”,应为“${expected}”`]
  })
}

/** Whose mails may have no other line, by reader and instant. */
export function isOwedOfCounty(mail: Acceptance): boolean {
  return linesIn(mail.text).length > 0
}

function owedLines(
  turns: readonly StoryTurn[],
  span: Span,
  told: ToldOfCounty,
  world: World,
): Map<string, string[]> {
  const owed = new Map<string, string[]>()
  const add = (to: string, round: Instant, line: string) => {
    if (round <= span.until) owed.set(`${to} ${round}`, [...(owed.get(`${to} ${round}`) ?? []), line])
  }
  const { people, calendar } = world
  for (const at of mornings(span, calendar))
    for (const to of holdersOf(CHECK_ROLES, people)) add(to, at, checkLine(turns, at, told))
  for (const { at, title, blockers } of told.overrides)
    for (const to of holdersOf(OVERRIDE_ROLES, people)) {
      const round = readingRound(to, morningAtOrAfter(at, calendar.asOf(at)), at, world)
      add(to, round, `决定“${title}”放行,当时还有 ${blockers} 件没有办结`)
    }
  return owed
}

function checkLine(turns: readonly StoryTurn[], at: Instant, { unreached }: ToldOfCounty): string {
  const left = unreached(at)
  if (left > 0) return `◇ 常态核查:名册上没有任何工作到户的户 ${left} 户`
  const open = turns.filter((turn) => !isBeside(turn) && isOpen(turn, at)).length
  return `◇ 常态核查:一切正常,在办 ${open} 件都有人盯,没有遗漏`
}

function mornings({ start, until }: Span, calendar: SimpleCalendar): Instant[] {
  const found: Instant[] = []
  for (
    let at = morningAtOrAfter(start + 1, calendar);
    at <= until;
    at = morningAtOrAfter(at + DAY_MS / 2, calendar)
  )
    found.push(at)
  return found
}

function holdersOf(roles: readonly string[], people: People): string[] {
  return people.everybody.filter((to) => people.postsOf(to).some(({ role }) => roles.includes(role)))
}

/** The lines of a mail that are about the county; of an override what the account knows. */
function linesIn(text: string): string[] {
  const lines = text.split(/\r?\n/)
  const checks = lines.filter((line) => line.startsWith('◇'))
  return [...checks, ...lines.flatMap((line) => /决定“.*”放行,当时.*(?=;理由)/.exec(line)?.[0] ?? [])]
}

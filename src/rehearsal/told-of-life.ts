import { beijingText, type Day, dayOf, type Instant } from '../domain/time/days.ts'
import { groupBy } from '../domain/grouping.ts'
import type { StoryTurn } from './expected-history.ts'
import type { People } from './people.ts'
import { isBeside, isPerformed } from './policy-table.ts'
import { readingRound } from './quiet-days.ts'
import { morningAfter, morningAtOrAfter, type SimpleCalendar } from './simple-calendar.ts'
import type { Acceptance } from './sink.ts'

/** What was decided about something, for whoever performs it, or for the people of an office that is named. */
export type StoryDecision = {
  item: string
  name: string
  action: keyof typeof WORDS
  dueOn: Day
  office: string | null
  at: Instant
  /** The name of the office that has it now, where the words say it. */
  performer: string
}
/** What somebody promised on the telephone, and who wrote it down. */
export type StoryPromise = { item: string; name: string; by: string; on: Day; notedBy: string; at: Instant }
/** Days or rules changed, and what an office holds fell due later or earlier. */
export type StoryDayChange = {
  office: string
  why: string
  later: number
  earlier: number
  names: readonly string[]
  at: Instant
}
/** What was told of something besides reminders and escalations. */
export type ToldOfLife = {
  decisions: readonly StoryDecision[]
  promises: readonly StoryPromise[]
  dayChanges: readonly StoryDayChange[]
}

/** Written here a second time: taken over from the product, a sentence that says something wrong would be expected. */
const WORDS = {
  suspend: (day: string) => `已暂停,暂停期间不计时、不催办;照批准的期限恢复的,限时为${day}。`,
  resume: (day: string) => `已恢复办理,限时为${day}。`,
  'grant-extension': (day: string) => `延期已批准,限时改为${day}。`,
  'refuse-extension': (day: string) => `延期没有批准,限时为${day}。`,
  'accept-hand-over': (_: string, performer: string) => `移交已由${performer}接收,不再由您单位办理。`,
  'hand-over-decided': (day: string) => `移交已由管理的人代为接收,现由您单位办理,限时为${day}。`,
  'refuse-hand-over': (day: string) => `移交没有被接收,仍由您单位办理,限时为${day}。`,
  'hand-on': (day: string) => `已随单位调整移交给您单位办理,限时为${day}。`,
  'hand-over-lapsed': (day: string) =>
    `要接收的单位已调整,移交失效,仍由您单位办理,限时为${day};需要移交的,请重新提出。`,
}
const NAMED = 5
/** Told by other parts of the account, or about no single thing. */
const OTHERS = /放行,当时|放假调休安排/
type World = { people: People; calendar: SimpleCalendar; until: Instant }
type Line = { to: string; round: Instant; text: string }

/** One sentence for each line about a decision or a promise that a mail leaves out, adds or tells otherwise. */
export function lifeFaults(
  accepted: readonly Acceptance[],
  turns: readonly StoryTurn[],
  told: ToldOfLife,
  world: World,
): string[] {
  const owed = groupBy(
    [
      ...decisionLines(turns, told.decisions, world),
      ...promiseLines(turns, told.promises, world),
      ...dayChangeLines(told.dayChanges, world),
    ].filter(({ round }) => round <= world.until),
    ({ to, round }) => `${to} ${round}`,
  )
  const got = new Map(accepted.map((mail) => [`${mail.to} ${mail.acceptedAt}`, changesIn(mail)]))
  return [...new Set([...owed.keys(), ...got.keys()])].flatMap((key) => {
    const expected = wordsOf((owed.get(key) ?? []).map(({ text }) => text))
    const said = wordsOf(got.get(key) ?? [])
    if (expected === said) return []
    const [to = '', at] = key.split(' ')
    return [`${to} ${beijingText(Number(at))} 信中“${said}”,应为“${expected}”`]
  })
}

/** The lines of a mail about decisions, promises and changed days. */
export function changesIn({ text }: Pick<Acceptance, 'text'>): string[] {
  const [, section = ''] = text.replaceAll('\r\n', '\n').split('\n—— 更正和变动 ——\n\n')
  const [lines = ''] = section.split('\n\n')
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !OTHERS.test(line))
}

function decisionLines(
  turns: readonly StoryTurn[],
  decisions: readonly StoryDecision[],
  world: World,
): Line[] {
  const { people, calendar } = world
  const rounds = groupBy(decisions, ({ at }) => String(morningAfter(at, calendar)))
  return [...rounds].flatMap(([key, decided]) => {
    const round = Number(key)
    const last = groupBy(decided, ({ item, office }) => `${item} ${office}`)
    const told = [...last.values()].flatMap((all) => {
      const decision = all.at(-1)!
      const holder = openTurn(turns, decision.item, round)
      return holder ? [{ ...decision, office: decision.office ?? holder.owner }] : []
    })
    const alike = groupBy(told, (d) => `${d.office} ${WORDS[d.action](dayWords(d.dueOn), d.performer)}`)
    return [...alike.values()].flatMap((group) => {
      const { office, action, dueOn, performer } = group[0]!
      const text = `${namesOf(group.map(({ name }) => name))} ${WORDS[action](dayWords(dueOn), performer)}`
      return people.officersOf(office).map((to) => read({ to, round, text }, world))
    })
  })
}

/** The second working day's morning after the day, if whoever promised still performs it then. */
function promiseLines(turns: readonly StoryTurn[], promises: readonly StoryPromise[], world: World): Line[] {
  const { people, calendar } = world
  return promises.flatMap(({ item, name, by, on, notedBy, at }) => {
    let round = morningAtOrAfter(at, calendar)
    while (dayOf(round) <= on) round = morningAtOrAfter(round + 1, calendar)
    const holder = openTurn(turns, item, round)
    if (!holder || !isPerformed(holder)) return []
    const text = `${name} ${people.office(holder.owner).name}的${by}答应${dayWords(on)}办完,还没有提交。`
    return [read({ to: notedBy, round, text }, world)]
  })
}

/** Whoever holds what moved reads one line about each change. */
function dayChangeLines(changes: readonly StoryDayChange[], world: World): Line[] {
  const { people, calendar } = world
  return changes.flatMap(({ office, why, later, earlier, names, at }) => {
    const round = morningAfter(at, calendar)
    const moved = [
      ...(later > 0 ? [`${later} 件的限时推后`] : []),
      ...(earlier > 0 ? [`${earlier} 件的限时提前`] : []),
    ]
    const text = `${why}:您处 ${moved.join('、')}:${namesOf(names)}。请按新的日期办理。`
    return people.officersOf(office).map((to) => read({ to, round, text }, world))
  })
}

/** All of it can wait for a quiet day of its reader to pass. */
function read(line: Line, world: World): Line {
  return { ...line, round: readingRound(line.to, line.round, line.round, world) }
}

/** Who had it at an instant; nobody once it had ended. */
function openTurn(turns: readonly StoryTurn[], item: string, at: Instant): StoryTurn | undefined {
  return turns.findLast(
    (turn) =>
      turn.item === item &&
      !isBeside(turn) &&
      turn.startedAt < at &&
      (turn.endedAt === null || turn.endedAt >= at),
  )
}

function namesOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED).join('、')
  return names.length > NAMED ? `${named} 等 ${names.length} 件` : named
}

/** Names stand in any order, and only some of many stand there. */
function wordsOf(lines: readonly string[]): string {
  return lines.map(inOrder).sort().join(';')
}

const OF_DAYS = /^(.+:您处 [^:]+):(.+?)( 等 \d+ 件)?。请按新的日期办理。$/

function inOrder(line: string): string {
  const [, moved, theirs = '', more] = OF_DAYS.exec(line) ?? []
  if (moved !== undefined) return `${moved}:${more?.trim() ?? theirs.split('、').sort().join('、')}`
  const [, names = '', counted, words = ''] = /^(\S+)( 等 \d+ 件)? (.*)$/.exec(line) ?? []
  if (words === '') return line
  return counted ? `${counted.trim()} ${words}` : `${names.split('、').sort().join('、')} ${words}`
}

function dayWords(day: Day): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}

import { addDays, beijingText, type Day, dayOf, type Instant, MS_PER_DAY } from '../domain/time/days.ts'
import { mondayOf } from '../domain/time/weeks.ts'
import { aboveFaults, saysAbove } from './above-words.ts'
import { askedFaults, askedHeadings } from './asked-words.ts'
import { parseDigestLines } from '../mail/digest-lines.ts'
import { groupBy } from '../domain/grouping.ts'
import type { StoryTurn } from './expected-history.ts'
import {
  type ExpectedBefore,
  expectedLate,
  type ExpectedStanding,
  expectedStanding,
  isLate,
  type StandingWorld,
  workingDaysBetween,
} from './expected-standing.ts'
import { expectedRule, isPerformed } from './policy-table.ts'
import { openingOf } from './simple-calendar.ts'
import type { Acceptance } from './sink.ts'
import { isOwedOfCounty } from './told-of-county.ts'
import { changesIn } from './told-of-life.ts'
import { expectedSentences, expectedTable, tableDifferences, tableIn } from './standing-words.ts'
import { twoDaysFaults } from './two-days.ts'

/** One sentence for each finding about what mails say of how things stand, and about how many there are. */
export type StandingAccount = {
  /** A block that says something else than an independent count. */
  untrue: string[]
  /** Late, and the performer was not told so within five working days. */
  untold: string[]
  /** A weekly standing that was owed and did not come, or came though nothing was owed. */
  weekly: string[]
  /** More than one digest on a working day beside urgent red ones. */
  tooMany: string[]
  /** How many blocks were compared. */
  compared: number
  /** How many headings that ask for something were compared with what stands below them. */
  asked: number
}
type Read = Acceptance & { lines: number; red: boolean; late: number }
const WEEKLY_ROLES = ['town-head', 'relief-centre', 'bureau-leader']
const UNTOLD_DAYS = 5
const YEAR_MS = 360 * MS_PER_DAY

/** @param accepted every mail once, in the order of acceptance */
export function standingAccount(
  accepted: readonly Acceptance[],
  turns: readonly StoryTurn[],
  span: { start: Instant; until: Instant },
  world: StandingWorld,
): StandingAccount {
  const untrue: string[] = []
  const read = [...groupBy(accepted, (mail) => mail.to)].flatMap(([to, mails]) => {
    let lateBefore: ExpectedBefore | null = null
    return mails.map((mail) => {
      const standing = expectedStanding(to, turns, mail.acceptedAt, lateBefore, world)
      const late = expectedLate(standing)
      lateBefore = { count: late, on: dayOf(mail.acceptedAt) }
      untrue.push(...differences(mail, standing, world))
      return readMail(mail, late, world)
    })
  })
  const asked = accepted.reduce((sum, { text }) => sum + askedHeadings(text), 0)
  const isYear = span.until - span.start >= YEAR_MS
  if (isYear && asked === 0) untrue.push('整年的信里没有一个“请您……”的标题,所列事项无从核对')
  if (isYear && !accepted.some(({ text }) => saysAbove(text)))
    untrue.push('整年的信里没有一句“另 n 件列在上面”,列在上面的件数无从核对')
  return {
    untrue,
    untold: untold(read, turns, span, world),
    weekly: weeklyFaults(read, turns, span, world),
    tooMany: tooMany(read),
    ...{ compared: read.length, asked },
  }
}

/** The sentences, the table of offices cell by cell, and whether what the mail asks for stands in it, and nothing with two days. */
function differences(
  mail: Acceptance,
  standing: ExpectedStanding,
  { calendar, people }: StandingWorld,
): string[] {
  const year = Number(dayOf(mail.acceptedAt).slice(0, 4))
  const expected = expectedSentences(standing, year, calendar)
  const said = mail.text.split(/\r?\n/).filter((line) => line.startsWith('◆'))
  const sentences =
    said.join() === expected.join() ? [] : [`信中“${said.join('')}”,应为“${expected.join('')}”`]
  const cells = tableDifferences(tableIn(mail.text), expectedTable(standing.county?.offices ?? []))
  const offices = new Set(people.offices.map((o) => o.name))
  const words = [...askedFaults(mail.text), ...aboveFaults(mail.text), ...twoDaysFaults(mail.text, offices)]
  return [...sentences, ...cells, ...words].map(
    (what) => `${mail.to} ${beijingText(mail.acceptedAt)} ${what}`,
  )
}

function readMail(mail: Acceptance, late: number, { people }: StandingWorld): Read {
  const offices = new Set(people.offices.map((o) => o.name))
  const lines = parseDigestLines(mail.text, { year: 0, ownOffice: '', offices })
  return {
    ...mail,
    late,
    lines: lines.length,
    red: lines.length > 0 && lines.every((l) => l.label.startsWith('红色')),
  }
}

/** From the first rung on, every officer of a late obligation has a mail of at most five working days ago that says so. */
function untold(
  read: readonly Read[],
  turns: readonly StoryTurn[],
  { until }: { until: Instant },
  { people, calendar }: StandingWorld,
): string[] {
  const told = groupBy(
    read.filter((mail) => mail.late > 0),
    (mail) => mail.to,
  )
  const days = new Map(
    [...told].map(([to, mails]) => [to, [...new Set(mails.map((m) => dayOf(m.acceptedAt)))].sort()]),
  )
  return turns.flatMap((turn) => {
    const end = turn.endedAt ?? until
    if (!isPerformed(turn) || !isLate(turn, end)) return []
    const first = expectedRule(turn).rungs.find((r) => people.isTown(turn.office) || r.role !== 'town-head')!
    return people.officersOf(turn.office).flatMap((to) => {
      const silent = silence(turn, first.late, dayOf(end), days.get(to) ?? [], calendar)
      return silent === null
        ? []
        : [`${to}:${turn.item} 自 ${turn.dueOn} 起逾期,${silent} 前五个工作日没有邮件说过`]
    })
  })
}

/** The first working day on which nobody had been told for too long; null when that never was. */
function silence(
  { dueOn, startedAt, quiet = false }: StoryTurn,
  firstRung: number,
  end: Day,
  told: readonly Day[],
  calendar: StandingWorld['calendar'],
): Day | null {
  const from = calendar.step(dueOn, firstRung)
  // Who goes on with something late is told of it in as many days.
  const since = quiet ? calendar.step(dayOf(startedAt), UNTOLD_DAYS) : from
  for (let day = since > from ? since : from; day < end; day = calendar.step(day, 1)) {
    const last = told.findLast((at) => at <= day)
    if (last === undefined || last <= dueOn || workingDaysBetween(last, day, calendar) > UNTOLD_DAYS)
      return day
  }
  return null
}

/** On the first working day of a week, heads, centre and leader are told whenever anything is late; else no mail is empty. */
function weeklyFaults(
  read: readonly Read[],
  turns: readonly StoryTurn[],
  span: { start: Instant; until: Instant },
  world: StandingWorld,
): string[] {
  const rounds = weeklyRounds(span, world)
  const inRound = new Set(read.map((mail) => `${mail.to} ${mail.acceptedAt}`))
  const missing = rounds.flatMap((at) =>
    readersOfWeek(world)
      .filter((to) => expectedLate(expectedStanding(to, turns, at, null, world)) > 0)
      .filter((to) => !inRound.has(`${to} ${at}`))
      .map((to) => `${to} ${beijingText(at)} 应有每周现状`),
  )
  const owed = (mail: Read) =>
    rounds.includes(mail.acceptedAt) && mail.late > 0 && readersOfWeek(world).includes(mail.to)
  const empty = read.filter((mail) => mail.lines === 0 && !owed(mail) && !hasOtherLines(mail))
  return [...missing, ...empty.map((mail) => `${mail.to} ${beijingText(mail.acceptedAt)} 的邮件没有一条事由`)]
}

function hasOtherLines(mail: Acceptance): boolean {
  return isOwedOfCounty(mail) || changesIn(mail).length > 0
}

function weeklyRounds(
  { start, until }: { start: Instant; until: Instant },
  { calendar }: StandingWorld,
): Instant[] {
  const rounds: Instant[] = []
  for (let monday = mondayOf(dayOf(start)); monday <= dayOf(until); monday = addDays(monday, 7)) {
    const first = [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n)).find((day) => calendar.isWorking(day))
    if (first && openingOf(first) > start && openingOf(first) <= until) rounds.push(openingOf(first))
  }
  return rounds
}

function readersOfWeek({ people }: StandingWorld): string[] {
  return people.everybody.filter((to) => people.postsOf(to).some((post) => WEEKLY_ROLES.includes(post.role)))
}

function tooMany(read: readonly Read[]): string[] {
  const days = groupBy(
    read.filter((mail) => !mail.red),
    (mail) => `${mail.to} ${dayOf(mail.acceptedAt)}`,
  )
  return [...days].filter(([, mails]) => mails.length > 1).map(([who, mails]) => `${who}:${mails.length} 封`)
}

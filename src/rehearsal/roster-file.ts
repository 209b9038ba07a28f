import type { People } from './people.ts'
import type { StoryAcceptance, StoryTurn } from './expected-history.ts'
import type { Instant } from '../domain/time/days.ts'

/** A household of the roster that the rehearsal makes up. `covered`: it gets something, so nobody has to reach it. */
export type RosterHousehold = { name: string; idNo: string; town: string; group: string; covered: boolean }

/** The groups in the words of the file, and which screening of the template has to reach each. */
const GROUPS = [
  { code: 'near-poor', words: '边缘易致贫户', screening: '排查二:未纳入低保特困的三类户' },
  { code: 'unstable-exit', words: '脱贫不稳定户', screening: '排查二:未纳入低保特困的三类户' },
  { code: 'sudden-hardship', words: '突发严重困难户', screening: '排查二:未纳入低保特困的三类户' },
  { code: 'epidemic-or-disaster', words: '因疫因灾遇困群众', screening: '排查三:因疫因灾遇困群众' },
]
const HEAD = '乡镇,村(社区),户主姓名,身份证号,重点人群类别,保障情况'
/** Of a region that does not exist. */
const REGION = '619999'
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Between four and eight households in each town, one of them covered, so that a fifth of the others is no whole number everywhere. */
export function rosterHouseholds(people: People): RosterHousehold[] {
  const towns = people.offices.filter(({ kind }) => kind === 'town')
  return towns.flatMap(({ code }, t) =>
    Array.from({ length: 4 + (t % 5) }, (_, i) => ({
      ...{ name: `名册户${t + 1}之${i + 1}`, idNo: madeUpNumber(t * 10 + i), town: code },
      ...{ group: GROUPS[i % GROUPS.length]!.code, covered: i === 3 },
    })),
  )
}

/** A number with the right last character (GB 11643), of nobody. */
export function madeUpNumber(n: number): string {
  const body = `${REGION}19550505${String(n).padStart(3, '0')}`
  const sum = [...body].reduce((total, digit, i) => total + WEIGHTS[i]! * Number(digit), 0)
  return `${body}${'10X98765432'[sum % 11]}`
}

export function rosterFile(households: readonly RosterHousehold[], people: People): Uint8Array<ArrayBuffer> {
  const lines = households.map(({ name, idNo, town, group, covered }) =>
    [people.office(town).name, '演练村', name, idNo, wordsOf(group), covered ? '低保' : '未纳入保障'].join(
      ',',
    ),
  )
  return new TextEncoder().encode([HEAD, ...lines].join('\r\n'))
}

/** The households that a screening of a town must reach, by the groups it names. */
export function owedBy(
  title: string,
  town: string,
  households: readonly RosterHousehold[],
): RosterHousehold[] {
  const groups = GROUPS.filter(({ screening }) => screening === title).map(({ code }) => code)
  return households.filter((h) => !h.covered && h.town === town && groups.includes(h.group))
}

/** The check of a household of the roster: the item, and of which town and group it is. */
export type PlayedCheck = { item: string; town: string; group: string }

/**
 * How many households nothing had reached at an instant: their screening has not begun or was withdrawn before anybody went, and
 * no accepted check of the county was theirs.
 */
export function unreachedAt(
  at: Instant,
  households: readonly RosterHousehold[],
  story: { turns: readonly StoryTurn[]; accepted: readonly StoryAcceptance[] },
  checks: readonly PlayedCheck[],
): number {
  const left = households.filter((h) => !h.covered && !isScreened(h, at, story.turns))
  const passed = new Set(story.accepted.filter((a) => a.at < at).map(({ turn }) => turn.item))
  const places = new Set(left.map(placeOf))
  const checked = checks.filter((check) => passed.has(check.item) && places.has(placeOf(check)))
  return left.length - checked.length
}

function placeOf({ town, group }: { town: string; group: string }): string {
  return `${town}|${group}`
}

function isScreened({ town, group }: RosterHousehold, at: Instant, turns: readonly StoryTurn[]): boolean {
  const title = GROUPS.find(({ code }) => code === group)!.screening
  const theirs = turns.filter((turn) => turn.item === `${title}@${town}` && turn.startedAt <= at)
  const isHandedIn = theirs.some(({ stage, startedAt }) => stage === 'review' && startedAt < at)
  return isHandedIn || theirs.some(({ endedAt }) => endedAt === null || endedAt >= at)
}

function wordsOf(group: string): string {
  return GROUPS.find(({ code }) => code === group)!.words
}

import { type Day, endOfDay, instantAt } from '../../src/domain/time/days.ts'
import { dueStatusOf, runningClockStatus } from '../../src/domain/obligation/clock-status.ts'
import { CALENDAR } from '../domain/county.ts'
import type {
  DigestEntry,
  DigestInput,
  DigestItem,
  DigestStanding,
  HeldWork,
  LateBefore,
  LateItem,
} from '../../src/mail/digest-types.ts'
import type { OutgoingMail } from '../../src/mail/outgoing.ts'

export function sampleMail(over: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    messageId: '<m-1@duban.example>',
    from: { name: '测试县督办', address: 'duban@county.example' },
    replyTo: 'centre@county.example',
    to: 'officer@town.example',
    subject: '【提醒】今日到期 2 件',
    text: '正文',
    html: '<p>正文</p>',
    headers: { 'X-Duban-Round': '2022-06-09T00:30:00.000Z', 'Auto-Submitted': 'auto-generated' },
    references: ['<thread-1@duban.example>'],
    ...over,
  }
}

/** Thursday 9 June 2022, 08:30 in Beijing. */
export const THURSDAY = instantAt('2022-06-09', '08:30')

export function dueOn(day: Day, now = THURSDAY): NonNullable<DigestEntry['due']> {
  const due = { dueOn: day, dueAt: endOfDay(day) }
  const { remainingWorkingDays, overdueWorkingDays } = dueStatusOf(due, CALENDAR, now)
  const clock = runningClockStatus(due, CALENDAR, now)
  return { dueOn: day, provisional: false, clock, remainingWorkingDays, overdueWorkingDays }
}

export function entry(over: Partial<DigestEntry> = {}): DigestEntry {
  return {
    kind: 'reminder',
    deadline: 'dl_1',
    obligationKind: 'warning',
    stage: 'perform',
    officeName: '毛坝镇',
    label: '黄色预警核查',
    level: 'yellow',
    count: 3,
    again: 0,
    due: dueOn('2022-06-10'),
    items: [item(1), item(2), item(3)],
    why: '您是毛坝镇的承办人员',
    returned: null,
    alsoTold: [],
    passedOver: [],
    ...over,
  }
}

export function item(n: number): DigestItem {
  return {
    obligationId: `ob_${n}`,
    owner: null,
    externalId: `YJ2022-${String(n).padStart(4, '0')}`,
    title: '黄色预警核查',
    cause: '因病',
    ...{ movedFrom: null, movedBy: [] },
    url: `https://duban.example/obligations/ob_${n}`,
  }
}

const WORK = {
  obligationKind: 'warning',
  stage: 'perform',
  officeName: '毛坝镇',
  label: '黄色预警核查',
} as const

export function lateItem(n: number, day: Day, over: Partial<LateItem> = {}): LateItem {
  return {
    ...item(n),
    ...dueOn(day),
    ...WORK,
    level: 'yellow',
    holders: [],
    begins: null,
    shares: [],
    again: 0,
    ...over,
  }
}

/** Two of them wait unless it is said how many. */
export function heldWork(n: number, day: Day, over: Partial<HeldWork> = {}): HeldWork {
  return {
    ...WORK,
    deadline: `dl_held${n}`,
    ...dueOn(day),
    level: 'yellow',
    count: 2,
    again: 0,
    begins: null,
    shares: [],
    holders: [],
    item: item(n),
    ...over,
  }
}

export const NONE = { count: 0, longest: 0, red: 0 }

export function ownStanding(
  over: Partial<NonNullable<DigestStanding['own']>> = {},
): NonNullable<DigestStanding['own']> {
  return {
    scope: '毛坝镇',
    inHand: 0,
    late: NONE,
    ...{ dueToday: 0, beforeDayOff: 0 },
    dueSoon: 0,
    returned: 0,
    inReview: 0,
    office: 'maoba',
    ...over,
  }
}

/** Offices that are late: name, how many, for how many working days, and how many of them red. */
export function countyStanding(
  offices: [name: string, count: number, longest: number, red?: number][],
  lateBefore: LateBefore | null = null,
  toldOf: Record<string, string> = {},
): NonNullable<DigestStanding['county']> {
  const named = offices.map(([name, count, longest, red = 0]) => ({
    ...{ office: name, officeName: name, count, longest, red, told: toldOf[name] ?? null },
  }))
  const late = {
    count: named.reduce((sum, o) => sum + o.count, 0),
    longest: Math.max(0, ...named.map((o) => o.longest)),
    red: named.reduce((sum, o) => sum + o.red, 0),
  }
  return { late, offices: named, lateBefore, notReached: [] }
}

/** On that Thursday, to a town officer. */
export function digest(over: Partial<DigestInput> = {}): DigestInput {
  const now = THURSDAY
  return {
    recipient: { name: '陈经办', roles: ['town-officer'], officeName: '毛坝镇', standsInFor: [] },
    county: '测试县',
    now,
    round: now,
    urgent: false,
    standing: { own: ownStanding({ dueSoon: 3 }), review: null, county: null },
    sections: [entry()],
    late: { items: [], more: 0 },
    lateAgain: 0,
    asked: { items: [], more: 0, red: 0, reviews: 0, answers: 0 },
    others: { pressed: 0, posts: [], unpressed: 0, next: null },
    held: { review: [], perform: [] },
    answers: [],
    reviewers: { names: [], firsts: [], own: null },
    begun: null,
    corrections: [],
    check: [],
    why: [],
    appUrl: 'https://duban.example/app',
    mailUrl: 'https://duban.example/obligations?standing=all&mail=ml_1',
    contact: '测试县救助中心 centre@county.example',
    trial: false,
    ...over,
  }
}

/** To the leader of a county, who reads of all offices. */
export function leaderDigest(over: Partial<DigestInput> = {}): DigestInput {
  return digest({
    recipient: { name: '李局', roles: ['bureau-leader'], officeName: '测试县民政局', standsInFor: [] },
    standing: { own: null, review: null, county: countyStanding([]) },
    ...over,
  })
}

/** The HTML without the spans that keep a number and what it counts on one line. */
export function plain(html: string): string {
  return html.replace(/<span style="white-space:nowrap">([^<]*)<\/span>/g, '$1').replaceAll('<wbr>', '')
}

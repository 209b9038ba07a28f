import type { ActionCode } from '../domain/obligation/actions.ts'
import { EVENT_LABELS } from '../domain/obligation/event-labels.ts'
import { dayOf, type Instant } from '../domain/time/days.ts'

/** What the county does in the year besides what is done to one thing. */
export const COUNTY_ACTS = {
  'calendar-change': '改工作日历',
  'policy-issue': '发布新一版规则',
  'policy-rebase': '在办事项改按新规则',
  'office-hand-on': '一个镇的工作整体移交',
  'roster-import': '登记名册',
  'close-refused': '结束行动被拒绝',
  'override-refused': '不是领导的放行被拒绝',
  'phase-override': '放行一个阶段',
  discovery: '主动发现一户',
  'problem-register': '登记问题',
  'sample-draw': '抽取县级抽查的户',
  'sample-replace': '替换抽中的户',
  'campaign-close': '结束行动',
} as const
export type PlayedAct = ActionCode | keyof typeof COUNTY_ACTS

const WORDS: Readonly<Record<string, string>> = { ...EVENT_LABELS, ...COUNTY_ACTS }

export function actWords(act: string): string {
  return WORDS[act] ?? act
}

/** From when to when a part of the year has to be played for an act to be certain. */
const CERTAIN: readonly { acts: readonly PlayedAct[]; from: string; to: string }[] = [
  { acts: ['suspend'], from: '08-09', to: '08-10' },
  { acts: ['resume'], from: '08-09', to: '08-24' },
  { acts: ['policy-issue', 'policy-rebase'], from: '07-11', to: '07-12' },
  { acts: ['calendar-change'], from: '10-12', to: '10-13' },
  { acts: ['roster-import'], from: '05-30', to: '05-30' },
  { acts: ['close-refused', 'override-refused'], from: '06-20', to: '06-20' },
  { acts: ['phase-override'], from: '06-01', to: '06-21' },
  { acts: ['discovery'], from: '07-05', to: '07-05' },
  { acts: ['problem-register'], from: '08-15', to: '08-15' },
  // There is nobody to draw before the roster came in.
  { acts: ['sample-draw', 'sample-replace'], from: '05-30', to: '10-12' },
  {
    acts: [
      ...([
        'submit',
        'accept',
        'return',
        'undo',
        'request-extension',
        'grant-extension',
        'refuse-extension',
      ] as const),
      ...(['offer-hand-over', 'accept-hand-over', 'refuse-hand-over', 'withdraw-hand-over'] as const),
      ...(['record-contact', 'office-hand-on', 'campaign-close'] as const),
    ],
    from: '06-01',
    to: '12-30',
  },
]

/** Acts that the part of the year has to have, and has not: a check of nothing would pass. */
export function neverPlayed(
  acted: Readonly<Record<string, number>>,
  span: { start: Instant; until: Instant },
): string[] {
  const [from, to] = [dayOf(span.start).slice(5), dayOf(span.until).slice(5)]
  const certain = CERTAIN.filter((part) => from <= part.from && part.to <= to).flatMap(({ acts }) => acts)
  return certain
    .filter((act) => (acted[act] ?? 0) === 0)
    .map((act) => `${from} 至 ${to} 之间没有一次“${actWords(act)}”`)
}

import type { Role } from '../domain/obligation/vocabulary.ts'
import { type PolicyVersion, SECOND_POLICY } from './second-policy.ts'

/**
 * The policy of templates/example-policy.yaml, written by hand a second time. It must not be derived from the
 * product's policy, since a wrong number there would then be expected here.
 */
export type ExpectedRule = {
  /** Working days; `fixed` means that the day is set. */
  limit: number | 'fixed'
  /** Told when it begins: at once in office hours, with the next morning's round, or not at all. */
  begins: 'at-once' | 'in-the-morning' | 'untold'
  /** This many working days before the due day. */
  before: number[]
  /** On the due day itself: when the office opens, and again in the afternoon. */
  dueDay: ('opening' | 'afternoon')[]
  /** Whoever is late gets a copy of each, and so do these roles. */
  rungs: (ExpectedTelling & { late: number })[]
  /** Again and again after the last rung, by so many working days. */
  repeat: (ExpectedTelling & { every: number }) | null
  /** Each obligation has a deadline of its own. */
  individual: boolean
}

export type ExpectedTelling = { role: Role; copies: Role[] }

/** A piece of work as somebody holds it. */
export type Work = {
  kind: string
  level: string | null
  stage: 'perform' | 'review' | 'redo' | 'extension' | 'hand-over' | 'pause'
  /** The version of the rules it goes by; left out, the first. */
  policy?: PolicyVersion
}

/** Held by whoever owes it. */
export function isPerformed({ stage }: Pick<Work, 'stage'>): boolean {
  return stage === 'perform' || stage === 'redo'
}

/** An answer that is waited for beside the work, which stays with whoever has it. */
export function isBeside({ stage }: Pick<Work, 'stage'>): boolean {
  return stage === 'extension' || stage === 'hand-over'
}

const ladder = (head: number, centre: number, leader: number): ExpectedRule['rungs'] => [
  { late: head, role: 'town-head', copies: [] },
  { late: centre, role: 'relief-centre', copies: ['town-head'] },
  { late: leader, role: 'bureau-leader', copies: ['town-head', 'relief-centre'] },
]
const repeatEvery = (every: number): ExpectedTelling & { every: number } => ({
  every,
  role: 'relief-centre',
  copies: ['town-head'],
})
const shared = { begins: 'in-the-morning', dueDay: ['opening'], individual: false } as const

const RULES: Record<
  string,
  Readonly<Omit<ExpectedRule, 'dueDay'>> & { dueDay: readonly ('opening' | 'afternoon')[] }
> = {
  'warning-red': {
    limit: 3,
    begins: 'at-once',
    before: [1],
    dueDay: ['opening', 'afternoon'],
    rungs: ladder(1, 2, 3),
    repeat: repeatEvery(2),
    individual: true,
  },
  'warning-orange': { ...shared, limit: 5, before: [2], rungs: ladder(1, 3, 5), repeat: repeatEvery(5) },
  'warning-yellow': { ...shared, limit: 10, before: [3, 1], rungs: ladder(2, 5, 10), repeat: repeatEvery(5) },
  'phase-work': {
    ...shared,
    limit: 'fixed',
    before: [10, 5, 1],
    rungs: ladder(1, 3, 5),
    repeat: repeatEvery(5),
  },
  'follow-up': { ...shared, limit: 10, before: [3], rungs: ladder(1, 3, 5), repeat: repeatEvery(5) },
  'monitoring-visit': {
    ...shared,
    limit: 'fixed',
    before: [5],
    rungs: ladder(2, 5, 10),
    repeat: repeatEvery(5),
  },
  'spot-check': {
    ...shared,
    limit: 'fixed',
    before: [10, 1],
    rungs: [
      { late: 2, role: 'relief-centre', copies: [] },
      { late: 5, role: 'bureau-leader', copies: [] },
    ],
    repeat: repeatEvery(5),
  },
  rectification: {
    ...shared,
    limit: 'fixed',
    before: [5, 1],
    rungs: ladder(1, 3, 5),
    repeat: repeatEvery(5),
  },
  review: {
    ...shared,
    limit: 5,
    before: [],
    rungs: [{ late: 2, role: 'bureau-leader', copies: [] }],
    repeat: { every: 5, role: 'bureau-leader', copies: [] },
  },
  extension: {
    ...shared,
    limit: 2,
    before: [],
    rungs: [{ late: 1, role: 'bureau-leader', copies: [] }],
    repeat: { every: 2, role: 'bureau-leader', copies: [] },
  },
  'hand-over': {
    ...shared,
    limit: 2,
    before: [],
    rungs: [
      { late: 1, role: 'town-head', copies: [] },
      { late: 2, role: 'relief-centre', copies: [] },
    ],
    repeat: { every: 2, role: 'relief-centre', copies: [] },
  },
  // A pause ends by itself, so nobody is late by it.
  pause: { ...shared, begins: 'untold', limit: 'fixed', before: [2], rungs: [], repeat: null },
}

/** A redo is told of in the morning and on its due day; ladder and watch are those of the kind. */
export function expectedRule(work: Work): ExpectedRule {
  const first = RULES[ruleOf(work)]
  if (!first) throw new RangeError(`the account knows no rule for ${JSON.stringify(work)}`)
  const rule = work.policy === 2 ? { ...first, ...SECOND_POLICY[ruleOf(work)] } : first
  if (work.stage !== 'redo') return { ...rule, dueDay: [...rule.dueDay] }
  return { ...rule, limit: redoLimit(rule.limit), begins: 'in-the-morning', before: [], dueDay: ['opening'] }
}

/** Half of the days that the first turn had. */
export function redoLimit(limit: number | 'fixed'): number {
  return limit === 'fixed' ? 3 : Math.ceil(limit / 2)
}

/** Which line of the table work falls under: warnings by level, the dated work of the phases together, reviews and answers all alike. */
function ruleOf({ kind, level, stage }: Work): string {
  if (stage !== 'perform' && stage !== 'redo') return stage
  const line = LINES[kind]
  if (line === undefined) throw new RangeError(`the account knows no line for ${kind}`)
  return level === null ? line : `${line}-${level}`
}

const LINES: Record<string, string> = {
  launch: 'phase-work',
  comparison: 'phase-work',
  screening: 'phase-work',
  report: 'phase-work',
  rectification: 'rectification',
  warning: 'warning',
  'follow-up': 'follow-up',
  'monitoring-visit': 'monitoring-visit',
  'spot-check': 'spot-check',
}

const WORDS: Record<string, string> = {
  launch: '启动部署',
  comparison: '数据比对',
  screening: '全面排查',
  report: '报表报送',
  rectification: '问题整改',
  'follow-up': '救助落实',
  'monitoring-visit': '监测走访',
  'spot-check': '县级抽查',
  'warning red': '红色预警核查',
  'warning orange': '橙色预警核查',
  'warning yellow': '黄色预警核查',
}
const STAGE_WORDS = {
  perform: '',
  review: '(复核)',
  redo: '(重办)',
  extension: '(延期申请)',
  'hand-over': '(移交)',
  pause: '(暂停)',
} as const

/** What a line of a mail calls it: every kind by a word of its own, a warning with its level. */
export function expectedLabel({ kind, level, stage }: Work): string {
  const words = WORDS[level === null ? kind : `${kind} ${level}`]
  if (words === undefined) throw new RangeError(`the account has no words for ${kind} ${level}`)
  return `${words}${STAGE_WORDS[stage]}`
}

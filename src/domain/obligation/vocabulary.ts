/**
 * The vocabulary of the field: the codes of obligations, offices and phases, with the Chinese word a person reads.
 * One definition per fact; schemas, tables and pages take their lists from here. What one subject alone speaks of stands in its
 * own `*-words.ts`.
 */

/** The kinds of obligations; what each is stands in its file of src/kinds, its label too. */
export type Kind =
  | 'launch'
  | 'comparison'
  | 'screening'
  | 'warning'
  | 'rectification'
  | 'follow-up'
  | 'monitoring-visit'
  | 'spot-check'
  | 'report'
/** The word of each kind, for what knows the kinds by their codes alone. */
export type KindLabels = Readonly<Record<Kind, string>>

/** How grave a warning is (R1 分级预警). */
export const LEVEL_LABELS = { red: '红色', orange: '橙色', yellow: '黄色' } as const
export type Level = keyof typeof LEVEL_LABELS
/** What a list can be asked for. */
export const LEVEL_FILTER_LABELS = { ...LEVEL_LABELS, none: '没有等级' } as const

export const STATE_LABELS = {
  open: '待办',
  submitted: '待复核',
  returned: '已退回',
  accepted: '已办结',
  suspended: '暂停',
  cancelled: '已撤销',
} as const
export type State = keyof typeof STATE_LABELS

/** Nobody has to do anything any more. */
export const CLOSED_STATES = ['accepted', 'cancelled'] as const satisfies readonly State[]

export function isClosed(state: State): boolean {
  return CLOSED_STATES.some((closed) => closed === state)
}

/** Where an obligation stands, as somebody asks for it: several states, or whose turn it is and how late. */
export const WORK_QUEUE_LABELS = {
  pressing: '轮到本单位的和逾期的',
  held: '轮到本单位的',
  unfinished: '未办结',
  'to-perform': '承办中',
  overdue: '逾期',
  'due-today': '今日到期',
  'due-this-week': '本周到期',
  'in-review': '待复核',
  'to-answer': '延期待本单位答复',
  'to-receive': '移交待本单位答复',
  'promise-broken': '答应的日子已过(我登记的)',
  done: '已办结',
  'done-late': '迟办',
  cancelled: '已撤销',
} as const
export type WorkQueue = keyof typeof WORK_QUEUE_LABELS
/** What a list may be asked for: a work queue, or everything. */
export const LIST_QUEUE_LABELS = { ...WORK_QUEUE_LABELS, all: '全部' } as const
export type ListQueue = keyof typeof LIST_QUEUE_LABELS

/**
 * What an assignment 承办 is for. `pause`: whoever approved a pause sees to its end. `extension`: a request for more time waits for its
 * answer beside the work itself. `hand-over`: an offer to take the work over waits in the same way.
 */
export const STAGE_LABELS = {
  perform: '承办',
  review: '复核',
  redo: '重办',
  pause: '暂停',
  extension: '延期申请',
  'hand-over': '移交',
} as const
export type Stage = keyof typeof STAGE_LABELS

/** Stages that wait for an answer beside the work, which stays with whoever holds it. */
export const BESIDE_STAGES = ['extension', 'hand-over'] as const satisfies readonly Stage[]
export type BesideStage = (typeof BESIDE_STAGES)[number]

export function isBeside(stage: Stage): boolean {
  return BESIDE_STAGES.some((beside) => beside === stage)
}

export const ROLE_LABELS = {
  'bureau-leader': '分管局领导',
  'relief-centre': '救助中心',
  'verification-centre': '核对中心',
  'town-head': '镇分管领导',
  'town-officer': '镇经办人',
  auditor: '审计员',
  administrator: '系统管理员',
} as const
export type Role = keyof typeof ROLE_LABELS

export const OFFICE_KIND_LABELS = {
  province: '省',
  city: '市',
  'county-bureau': '县局',
  'county-centre': '县直中心',
  town: '镇',
  village: '村(社区)',
} as const
export type OfficeKind = keyof typeof OFFICE_KIND_LABELS

/** Why a household falls back into poverty (R2). */
export const CAUSE_LABELS = {
  illness: '因病',
  schooling: '因学',
  disability: '因残',
  unemployment: '因失业',
  disaster: '因灾',
  epidemic: '因疫',
} as const
export type Cause = keyof typeof CAUSE_LABELS
/** What a list can be asked for. */
export const CAUSE_FILTER_LABELS = { ...CAUSE_LABELS, none: '没有写明因素' } as const

/** The four key groups 四类重点人群 (R16). */
export const GROUP_LABELS = {
  'near-poor': '边缘易致贫人口',
  'unstable-exit': '脱贫不稳定人口',
  'sudden-hardship': '突发严重困难户',
  'epidemic-or-disaster': '因疫因灾遇困群众',
} as const
export type Group = keyof typeof GROUP_LABELS
/** What a list can be asked for. */
export const GROUP_FILTER_LABELS = { ...GROUP_LABELS, none: '没有写明人群' } as const

/** Who raised a warning: a partner department (R2, R3) or the county's own people (R5). */
export const SOURCE_LABELS = {
  'rural-revitalisation': '乡村振兴局',
  'medical-insurance': '医保局',
  education: '教育局',
  'disabled-persons-federation': '残联',
  'human-resources': '人社局',
  housing: '住建局',
  health: '卫健局',
  'emergency-management': '应急局',
  'trade-union': '工会',
  charity: '慈善协会',
  discovery: '主动发现',
} as const
export type Source = keyof typeof SOURCE_LABELS
/** What a list can be asked for. */
export const SOURCE_FILTER_LABELS = { ...SOURCE_LABELS, none: '没有写明来源' } as const

/** What a verified warning ends in (R8, R9). */
export const OUTCOME_LABELS = {
  dibao: '纳入低保',
  tekun: '纳入特困供养',
  'single-person-dibao': '单人保',
  'temporary-assistance': '临时救助',
  'assistance-first': '先行救助',
  'graduated-exit': '渐退帮扶',
  'marginal-household': '纳入低保边缘家庭',
  'rigid-expenditure': '刚性支出扣减后纳入',
  'other-assistance': '其他帮扶',
  'already-covered': '已在保障范围',
  ineligible: '不符合条件',
  'moved-away': '已迁出',
  deceased: '已死亡',
  'false-alarm': '误报',
  merged: '与其他事项合并',
  'not-reachable': '查无此户',
} as const
export type Outcome = keyof typeof OUTCOME_LABELS
/** What a list can be asked for: an outcome counts once it was accepted. */
export const OUTCOME_FILTER_LABELS = { ...OUTCOME_LABELS, none: '还没有审定的结论' } as const

export const PHASE_LABELS = {
  launch: '启动部署',
  screening: '比对排查',
  verification: '预警核查',
  'zero-out': '整改清零',
} as const
export type Phase = keyof typeof PHASE_LABELS

/** Whether a county's mail leaves. While it is `opening`, the courier releases what was held. */
export const COUNTY_MAIL_LABELS = { preparing: '准备中', opening: '正在开放', open: '已开放' } as const
export type CountyMailState = keyof typeof COUNTY_MAIL_LABELS

/** The codes of a table, as a non-empty tuple fit for `z.enum`. */
export function codesOf<T extends Record<string, unknown>>(
  labels: T,
): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]]
}

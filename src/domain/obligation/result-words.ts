/** Which part of the year a comparison stands for (R3). */
export const PERIOD_LABELS = { H1: '上半年', H2: '下半年', Y: '年度' } as const
export type ComparisonPeriod = keyof typeof PERIOD_LABELS

/** How lists were compared. */
export const METHOD_LABELS = {
  'id-number': '按身份证号逐条比对',
  'name-and-village': '按姓名和村(社区)比对',
  interface: '通过部门接口核查',
  platform: '通过监测信息平台比对',
  manual: '人工逐条核对',
} as const

/** What a screening is counted by (R6), and what its table counts (R7). */
export const SCREENING_COUNT_LABELS = {
  toScreen: '应排查',
  screened: '已排查',
  eligible: '发现符合条件',
  enrolled: '已纳入保障',
  monitored: '已纳入监测',
} as const
export type ScreeningCount = keyof typeof SCREENING_COUNT_LABELS

/** The policies that a look-back goes through, in the words of the notice (R12, 一(三)). */
export const LOOK_BACK_POLICY_LABELS = {
  'full-cover': '应保尽保、应救尽救',
  'due-exit': '应退尽退',
  'single-person-dibao': '重病重残人员“单人保”',
  'rigid-expenditure': '刚性支出扣减',
  'property-exemption': '财产豁免',
  'classified-assistance': '分类施保',
  'graduated-exit': '渐退帮扶',
  'tekun-care': '特困供养和监护责任',
  'tiered-approval': '分级审批',
  'assistance-first': '先行救助',
  'temporary-assistance': '临时救助规范管理',
  'fund-supervision': '救助资金监管',
  other: '其他政策',
} as const
export type LookBackPolicy = keyof typeof LOOK_BACK_POLICY_LABELS

/** Why a household leaves what it was given 应退尽退 (R9). */
export const EXIT_REASON_LABELS = {
  'income-above': '收入超过标准',
  'property-above': '财产超过标准',
  moved: '户籍或居住地迁出',
  deceased: '保障对象死亡',
  renounced: '本人自愿放弃',
  'other-reason': '其他原因',
} as const
export type ExitReason = keyof typeof EXIT_REASON_LABELS

/** The four steps of a follow-up 四个到位, in the words of the notice (R8). */
export const FOLLOW_UP_STEP_LABELS = {
  visit: '走访排查',
  verification: '调查核实',
  publicity: '审核确认公示',
  supervision: '日常监督管理',
} as const
export type FollowUpStep = keyof typeof FOLLOW_UP_STEP_LABELS

/** What a monitoring visit finds (R16). */
export const VISIT_FINDING_LABELS = {
  unchanged: '仍需监测',
  improved: '情况改善,不再监测',
  enrolled: '已符合条件,纳入救助',
  moved: '已迁出',
  deceased: '已死亡',
} as const
export type VisitFinding = keyof typeof VISIT_FINDING_LABELS

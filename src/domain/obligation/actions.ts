import type { Permission } from '../people/permissions.ts'
import type { Stage, State } from './vocabulary.ts'

/**
 * What somebody writes with an action; `missing` refuses an empty one. What must stand in a result depends on the kind
 * of the obligation.
 */
export const ACTION_FIELDS = {
  reason: { label: '原因', missing: { refused: 'reason-required', message: '请写明原因。' } },
  note: { label: '说明', missing: null },
  result: { label: '办理结果', missing: null },
  reasonCode: {
    label: '暂停事由',
    missing: { refused: 'reason-required', message: '请选择暂停事由。' },
  },
  until: {
    label: '最晚暂停到',
    missing: { refused: 'until-required', message: '请写明最晚暂停到哪一天。' },
  },
  days: {
    label: '申请延长的工作日',
    missing: { refused: 'days-required', message: '请写明申请延长几个工作日。' },
  },
  grantedDays: { label: '批准的工作日(不填即照申请)', missing: null },
} as const
export type ActionField = keyof typeof ACTION_FIELDS

/**
 * Whose people do it. The holder is the office of the open assignment, whatever its stage. Who approves a pause or an extension, the
 * policy says by role.
 */
export const ACTION_BY_LABELS = {
  holder: '轮到的单位',
  performer: '承办单位',
  reviewer: '复核单位',
  manager: '管理的人',
  leader: '分管局领导',
  suspender: '审批暂停的人',
  extender: '审批延期的人',
} as const
export type ActionBy = keyof typeof ACTION_BY_LABELS

export type ActionFact = 'acknowledged' | 'withdrawn' | 'unwaivable' | 'requested' | 'unrequested' | 'refused-after-wait' | 'expired'

export type ActionRule<Code extends string = string> = {
  label: string
  by: ActionBy
  /** Refused to whoever handed in what is under review, or asked for what is to be granted (R9). */
  bySomebodyElse: boolean
  permission: Permission
  fields: readonly ActionField[]
  /** The states it may start from, and the sentence that refuses it in any other. */
  from: readonly State[]
  otherwise: string
  /** What refuses it although the state would allow it; the first that holds speaks. */
  unless: readonly { fact: ActionFact; refused: string; message: string }[]
  /** The state it leads to; null where the state stays, `before` where the one from before the pause returns. */
  to: State | 'before' | null
  endsAssignment: boolean
  /** The stage of the assignment that begins; `before`: the one that was paused goes on. */
  begins: Stage | 'before' | null
  acknowledges: boolean
  /** The action that leads back. */
  inverse: Code | null
}

function defineActions<const T extends { [C in keyof T]: ActionRule<keyof T & string> }>(table: T): T {
  return table
}

/**
 * Everything that can be done to an obligation: one row an action. Lifecycle, rights, contract, labels and
 * documents read it, so an action is added here.
 */
export const ACTIONS = defineActions({
  acknowledge: {
    label: '签收',
    by: 'holder',
    bySomebodyElse: false,
    permission: 'obligations:act',
    fields: [],
    from: ['open', 'returned'],
    otherwise: '只有待办的事项才需要签收。',
    unless: [
      {
        fact: 'acknowledged',
        refused: 'already-acknowledged',
        message: '已经签收过,不必重复签收。',
      },
    ],
    to: null,
    endsAssignment: false,
    begins: null,
    acknowledges: true,
    inverse: null,
  },
  submit: {
    label: '提交',
    by: 'performer',
    bySomebodyElse: false,
    permission: 'obligations:act',
    fields: ['result'],
    from: ['open', 'returned'],
    otherwise: '只有待办或被退回的事项才能提交。',
    unless: [],
    to: 'submitted',
    endsAssignment: true,
    begins: 'review',
    acknowledges: false,
    inverse: null,
  },
  accept: {
    label: '通过',
    by: 'reviewer',
    bySomebodyElse: true,
    permission: 'obligations:review',
    fields: ['note'],
    from: ['submitted'],
    otherwise: '只有待复核的事项才能通过复核。',
    unless: [],
    to: 'accepted',
    endsAssignment: true,
    begins: null,
    acknowledges: false,
    inverse: 'reopen',
  },
  return: {
    label: '退回',
    by: 'reviewer',
    bySomebodyElse: false,
    permission: 'obligations:review',
    fields: ['reason'],
    from: ['submitted'],
    otherwise: '只有待复核的事项才能退回。',
    unless: [],
    to: 'returned',
    endsAssignment: true,
    begins: 'redo',
    acknowledges: false,
    inverse: null,
  },
  waive: {
    label: '特批办结',
    by: 'leader',
    bySomebodyElse: false,
    permission: 'obligations:waive',
    fields: ['reason'],
    from: ['open', 'returned'],
    otherwise: '只有待办或被退回的事项才能特批办结。',
    unless: [
      {
        fact: 'unwaivable',
        refused: 'not-waivable',
        message: '只有救助落实可以特批办结;其他事项请按程序提交和复核。',
      },
    ],
    to: 'accepted',
    endsAssignment: true,
    begins: null,
    acknowledges: false,
    inverse: 'reopen',
  },
  cancel: {
    label: '撤销',
    by: 'manager',
    bySomebodyElse: false,
    permission: 'obligations:manage',
    fields: ['reason'],
    from: ['open', 'submitted', 'returned', 'suspended'],
    otherwise: '事项已经结束,不能再撤销。',
    unless: [],
    to: 'cancelled',
    endsAssignment: true,
    begins: null,
    acknowledges: false,
    inverse: 'reopen',
  },
  reopen: {
    label: '重启',
    by: 'manager',
    bySomebodyElse: false,
    permission: 'obligations:manage',
    fields: ['reason'],
    from: ['accepted', 'cancelled'],
    otherwise: '事项还在办理,不需要重启。',
    unless: [
      {
        fact: 'withdrawn',
        refused: 'withdrawn',
        message: '此事项已随导入撤回,不能重启;确需办理的,请重新导入。',
      },
    ],
    to: 'returned',
    endsAssignment: true,
    begins: 'redo',
    acknowledges: false,
    inverse: 'cancel',
  },
  suspend: {
    label: '暂停',
    by: 'suspender',
    bySomebodyElse: false,
    permission: 'obligations:manage',
    fields: ['reasonCode', 'reason', 'until'],
    from: ['open', 'returned'],
    otherwise: '只有待办或被退回的事项才能暂停。',
    unless: [
      {
        fact: 'requested',
        refused: 'request-pending',
        message: '这件事有延期申请待答复,请先批准或不批准,再决定是否暂停。',
      },
    ],
    to: 'suspended',
    endsAssignment: true,
    begins: 'pause',
    acknowledges: false,
    inverse: 'resume',
  },
  resume: {
    label: '恢复办理',
    by: 'suspender',
    bySomebodyElse: false,
    permission: 'obligations:manage',
    fields: ['note'],
    from: ['suspended'],
    otherwise: '只有暂停的事项才能恢复办理。',
    unless: [],
    to: 'before',
    endsAssignment: true,
    begins: 'before',
    acknowledges: false,
    inverse: 'suspend',
  },
  'request-extension': {
    label: '申请延期',
    by: 'performer',
    bySomebodyElse: false,
    permission: 'obligations:act',
    fields: ['reason', 'days'],
    from: ['open', 'returned'],
    otherwise: '只有待办或被退回的事项才能申请延期。',
    unless: [
      {
        fact: 'requested',
        refused: 'already-requested',
        message: '已经申请过延期,还没有答复;请等答复后再申请。',
      },
      {
        fact: 'refused-after-wait',
        refused: 'already-refused',
        message:
          '上一次延期申请没有批准,等候答复的日子已经加进期限,不能再申请延期;确因客观原因不能办的,请有审批权限的人暂停。',
      },
      {
        fact: 'expired',
        refused: 'too-late',
        message:
          '期限已过,不能再申请延期;延期要在到期日 24:00 以前申请。确因客观原因不能办的,请有审批权限的人暂停。',
      },
    ],
    to: null,
    endsAssignment: false,
    begins: null,
    acknowledges: false,
    inverse: null,
  },
  'grant-extension': {
    label: '批准延期',
    by: 'extender',
    bySomebodyElse: true,
    permission: 'obligations:manage',
    fields: ['grantedDays', 'note'],
    from: ['open', 'returned'],
    otherwise: '事项不在办理中,没有要批准的延期。',
    unless: [{ fact: 'unrequested', refused: 'no-request', message: '这件事没有待答复的延期申请。' }],
    to: null,
    endsAssignment: false,
    begins: null,
    acknowledges: false,
    inverse: null,
  },
  'refuse-extension': {
    label: '不批准延期',
    by: 'extender',
    bySomebodyElse: true,
    permission: 'obligations:manage',
    fields: ['reason'],
    from: ['open', 'returned'],
    otherwise: '事项不在办理中,没有要答复的延期。',
    unless: [{ fact: 'unrequested', refused: 'no-request', message: '这件事没有待答复的延期申请。' }],
    to: null,
    endsAssignment: false,
    begins: null,
    acknowledges: false,
    inverse: null,
  },
})
export type ActionCode = keyof typeof ACTIONS

/** A row as any of them: without the literals of its own. */
export function actionRule(code: ActionCode): ActionRule<ActionCode> {
  return ACTIONS[code]
}

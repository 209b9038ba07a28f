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
  toOffice: { label: '移交给', missing: { refused: 'office-required', message: '请选择移交给哪个单位。' } },
  means: { label: '怎样联系', missing: { refused: 'means-required', message: '请选择打电话还是上门。' } },
  contacted: { label: '联系了谁', missing: { refused: 'person-required', message: '请选择联系了谁。' } },
  contactedOn: { label: '哪天联系', missing: { refused: 'day-required', message: '请写明哪天联系的。' } },
  said: {
    label: '对方怎么说',
    missing: { refused: 'words-required', message: '请写明对方怎么说、答应了什么。' },
  },
  promisedOn: { label: '答应哪天办完(没有答应可不填)', missing: null },
  person: { label: '分给', missing: { refused: 'person-required', message: '请选择分给本单位的哪一位。' } },
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
  receiver: '要接收的单位,或管理的人',
  doer: '刚才办理的本人',
  overseer: '复核单位、本单位领导或分管局领导',
} as const
export type ActionBy = keyof typeof ACTION_BY_LABELS

export type ActionFact =
  | 'acknowledged'
  | 'withdrawn'
  | 'unwaivable'
  | 'requested'
  | 'unrequested'
  | 'refused-after-wait'
  | 'expired'
  | 'offered'
  | 'unoffered'
  | 'unassigned'
  | 'nothing-done'
  | 'followed'
  | 'long-done'

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
  /**
   * The state it leads to; null where the state stays, `before` where the one from before the pause returns, `earlier` where the one from
   * before the last step does.
   */
  to: State | 'before' | 'earlier' | null
  endsAssignment: boolean
  /** The stage of the assignment that begins; `before`: the one that was paused goes on. */
  begins: Stage | 'before' | null
  acknowledges: boolean
  /** The action that leads back. */
  inverse: Code | null
  /** Whoever did it may take it back for some minutes, while nobody acted on it (undo.ts). */
  undoable: boolean
}

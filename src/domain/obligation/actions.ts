import type { ActionRule } from './action-rule.ts'
import { CONTACT_ACTIONS } from './contact-actions.ts'
import { UNDO_MINUTES } from './undo-minutes.ts'
import { HAND_OVER_ACTIONS } from './hand-over-actions.ts'
import { POSTPONEMENT_ACTIONS } from './postponement-actions.ts'

export { ACTION_BY_LABELS, ACTION_FIELDS } from './action-rule.ts'
export type { ActionBy, ActionFact, ActionField, ActionRule } from './action-rule.ts'

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
    undoable: true,
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
    undoable: true,
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
    undoable: true,
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
    undoable: true,
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
    undoable: true,
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
    undoable: true,
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
    undoable: true,
  },
  ...POSTPONEMENT_ACTIONS,
  ...HAND_OVER_ACTIONS,
  ...CONTACT_ACTIONS,
  undo: {
    label: '撤回刚才的操作',
    by: 'doer',
    bySomebodyElse: false,
    permission: 'obligations:act',
    fields: [],
    from: ['open', 'submitted', 'returned', 'suspended', 'accepted', 'cancelled'],
    otherwise: '没有可以撤回的操作。',
    unless: [
      {
        fact: 'nothing-done',
        refused: 'nothing-to-undo',
        message: '没有刚办理的操作可以撤回。',
      },
      {
        fact: 'long-done',
        refused: 'undo-too-late',
        message: `只能在办理后 ${UNDO_MINUTES} 分钟内撤回,现在已经超过;请用相应的操作更正。`,
      },
      {
        fact: 'followed',
        refused: 'acted-since',
        message: '这一步之后事项又有变化,或由它开始的事项已有人办理,不能撤回;请用相应的操作更正。',
      },
    ],
    to: 'earlier',
    endsAssignment: false,
    begins: null,
    acknowledges: false,
    inverse: null,
    undoable: false,
  },
})
export type ActionCode = keyof typeof ACTIONS

/** A row as any of them: without the literals of its own. */
export function actionRule(code: ActionCode): ActionRule<ActionCode> {
  return ACTIONS[code]
}

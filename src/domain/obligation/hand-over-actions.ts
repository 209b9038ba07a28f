import type { ActionRule } from './action-rule.ts'

/** What is held by the performer and not closed. */
const HELD = ['open', 'returned'] as const
const COMMON = {
  bySomebodyElse: false,
  to: null,
  endsAssignment: false,
  begins: null,
  acknowledges: false,
} as const
const UNOFFERED = {
  fact: 'unoffered',
  refused: 'no-offer',
  message: '这件事没有待答复的移交。',
} as const

/** Rows of ACTIONS: the work goes to another office, or to one person of its own. */
export const HAND_OVER_ACTIONS = {
  'offer-hand-over': {
    ...COMMON,
    label: '移交',
    by: 'performer',
    permission: 'obligations:act',
    fields: ['toOffice', 'reason'],
    from: HELD,
    otherwise: '只有待办或被退回的事项才能移交。',
    unless: [
      {
        fact: 'offered',
        refused: 'already-offered',
        message: '已经提出移交,对方还没有答复;请等答复,或先撤回移交。',
      },
      {
        fact: 'requested',
        refused: 'request-pending',
        message: '这件事有延期申请待答复,答复以后才能移交。',
      },
    ],
    inverse: 'withdraw-hand-over',
    undoable: true,
  },
  'accept-hand-over': {
    ...COMMON,
    label: '接收移交',
    by: 'receiver',
    bySomebodyElse: true,
    permission: 'obligations:act',
    fields: ['note'],
    from: HELD,
    otherwise: '事项不在办理中,没有要接收的移交。',
    unless: [UNOFFERED],
    inverse: null,
    undoable: true,
  },
  'refuse-hand-over': {
    ...COMMON,
    label: '不接收移交',
    by: 'receiver',
    bySomebodyElse: true,
    permission: 'obligations:act',
    fields: ['reason'],
    from: HELD,
    otherwise: '事项不在办理中,没有要答复的移交。',
    unless: [UNOFFERED],
    inverse: null,
    // Once answered, whoever was asked no longer sees it.
    undoable: false,
  },
  'withdraw-hand-over': {
    ...COMMON,
    label: '撤回移交',
    by: 'performer',
    permission: 'obligations:act',
    fields: [],
    from: HELD,
    otherwise: '事项不在办理中,没有要撤回的移交。',
    unless: [UNOFFERED],
    inverse: 'offer-hand-over',
    // It is offered anew.
    undoable: false,
  },
  take: {
    ...COMMON,
    label: '由我办理',
    by: 'holder',
    permission: 'obligations:act',
    fields: [],
    from: ['open', 'submitted', 'returned'],
    otherwise: '事项没有轮到谁办理,不能认领。',
    unless: [],
    inverse: 'put-back',
    undoable: true,
  },
  assign: {
    ...COMMON,
    label: '分给本单位的人',
    by: 'holder',
    permission: 'obligations:act',
    fields: ['person'],
    from: ['open', 'submitted', 'returned'],
    otherwise: '事项没有轮到谁办理,不能分派。',
    unless: [],
    inverse: 'put-back',
    undoable: true,
  },
  'put-back': {
    ...COMMON,
    label: '放回本单位',
    by: 'holder',
    permission: 'obligations:act',
    fields: [],
    from: ['open', 'submitted', 'returned'],
    otherwise: '事项没有轮到谁办理,不能放回。',
    unless: [
      {
        fact: 'unassigned',
        refused: 'not-assigned',
        message: '这件事没有分给个人,本单位的人都可以办理。',
      },
    ],
    inverse: 'assign',
    undoable: true,
  },
} as const satisfies Record<string, ActionRule>

import type { ActionRule } from './action-rule.ts'

/** While another office may take the work over, nobody moves its day. */
const OFFERED = {
  fact: 'offered',
  refused: 'offer-pending',
  message: '这件事正在移交,对方还没有答复;请等答复,或先撤回移交。',
} as const

/** Rows of ACTIONS: what stops the clock, and what gives more time. */
export const POSTPONEMENT_ACTIONS = {
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
      OFFERED,
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
      OFFERED,
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
} as const satisfies Record<string, ActionRule>

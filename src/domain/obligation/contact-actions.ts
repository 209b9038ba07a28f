import type { ActionRule } from './action-rule.ts'

/** Rows of ACTIONS: somebody is told by other means than a mail. */
export const CONTACT_ACTIONS = {
  'record-contact': {
    label: '登记电话或上门督促',
    by: 'overseer',
    bySomebodyElse: false,
    permission: 'obligations:act',
    fields: ['means', 'contacted', 'contactedOn', 'said', 'promisedOn'],
    from: ['open', 'returned'],
    otherwise: '事项没有轮到承办单位办理,不需要督促。',
    unless: [],
    to: null,
    endsAssignment: false,
    begins: null,
    acknowledges: false,
    inverse: null,
    undoable: true,
  },
} as const satisfies Record<string, ActionRule>

import type { Stage, State, WorkQueue } from './vocabulary.ts'

/** The question that shows an inbox as a list; everything in it is held by somebody. */
export type InboxQuery = { standing?: WorkQueue; state?: State; assignment?: Stage; mine?: boolean }

function defineInboxes<const T extends Record<string, { label: string; query: InboxQuery }>>(table: T): T {
  return table
}

/** The inboxes of a menu, each a question of the list, so that the two agree. */
export const INBOXES = defineInboxes({
  mine: { label: '轮到本单位的', query: { standing: 'held' } },
  'mine-overdue': { label: '本单位逾期的', query: { standing: 'overdue', mine: true } },
  'mine-today': { label: '本单位今日到期的', query: { standing: 'due-today', mine: true } },
  'mine-this-week': { label: '本单位本周到期的', query: { standing: 'due-this-week', mine: true } },
  'mine-returned': { label: '退回本单位重办的', query: { state: 'returned', mine: true } },
  'to-review': { label: '待本单位复核的', query: { standing: 'held', assignment: 'review' } },
  'to-answer': { label: '延期待本单位答复', query: { standing: 'to-answer' } },
  'to-receive': { label: '移交待本单位答复', query: { standing: 'to-receive' } },
  'promise-broken': { label: '答应的日子已过', query: { standing: 'promise-broken' } },
  overdue: { label: '逾期', query: { standing: 'overdue' } },
  'due-today': { label: '今日到期', query: { standing: 'due-today' } },
  'due-this-week': { label: '本周到期', query: { standing: 'due-this-week' } },
  'in-review': { label: '待复核', query: { standing: 'in-review' } },
  returned: { label: '已退回', query: { state: 'returned' } },
  'to-perform': { label: '承办中', query: { standing: 'to-perform' } },
})
export type Inbox = keyof typeof INBOXES

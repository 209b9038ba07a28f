import { SOURCE_LABELS, STATE_LABELS } from '../domain/obligation/vocabulary.ts'
import type { Facts, LedgerColumn, Result } from './kind.ts'

type Column = LedgerColumn<Facts, Result>

export const OFFICE: Column = { head: '承办单位', width: 16, type: 'text', value: (row) => row.officeName }
export const TITLE: Column = { head: '事项', width: 40, type: 'text', value: (row) => row.title }
export const DUE: Column = { head: '到期日', width: 12, type: 'text', value: (row) => row.dueOn }
/** What came back has a day of its own: done by then, it is not late. */
export const REDO_DUE: Column = {
  head: '重办到期日',
  width: 12,
  type: 'text',
  value: (row) => row.redoDueOn,
}
export const STATE: Column = {
  head: '办理状态',
  width: 10,
  type: 'text',
  value: (row) => STATE_LABELS[row.state],
}
export const LATE: Column = {
  head: '是否逾期',
  width: 10,
  type: 'text',
  value: (row) => (row.everLate ? '是' : '否'),
}

/** How the ledger of every kind ends. */
export const PROGRESS = [DUE, REDO_DUE, STATE, LATE] as const
/** The ledger of a kind that has nothing of its own to show yet. */
export const PLAIN_LEDGER = [OFFICE, TITLE, ...PROGRESS] as const

export const PERIOD: LedgerColumn<{ period?: string | undefined }, Result> = {
  head: '期次',
  width: 8,
  type: 'text',
  value: ({ facts }) => facts.period ?? null,
}
export const PARTNER: LedgerColumn<{ partner?: keyof typeof SOURCE_LABELS | undefined }, Result> = {
  head: '比对部门',
  width: 14,
  type: 'text',
  value: ({ facts }) => (facts.partner ? SOURCE_LABELS[facts.partner] : null),
}

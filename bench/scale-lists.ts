import type { ObligationSearch, Sort } from '../src/services/obligations/search.ts'

/** The lists that are asked for: as the API is asked, and as a bare statement; `$1` is now. */
export const LISTS: { name: string; search: ObligationSearch; sort: Sort; bare: string; order: string }[] = [
  { name: 'list by due', search: {}, sort: 'dueAt', bare: 'true', order: 'o.due_at, o.id' },
  {
    name: 'list by issue',
    search: {},
    sort: '-issuedAt',
    bare: 'true',
    order: 'o.issued_at desc, o.id desc',
  },
  {
    name: 'overdue',
    search: { overdue: true },
    sort: 'dueAt',
    bare: `o.stage in ('perform','redo') and o.holder_due_at <= $1`,
    order: 'o.due_at, o.id',
  },
  {
    name: 'in review',
    search: { standing: 'in-review' },
    sort: 'dueAt',
    bare: `o.stage = 'review'`,
    order: 'o.due_at, o.id',
  },
  {
    name: 'overdue by holder',
    search: { standing: 'overdue' },
    sort: 'holderDueAt',
    bare: `o.stage in ('perform','redo') and o.holder_due_at <= $1`,
    order: 'o.holder_due_at, o.id',
  },
]

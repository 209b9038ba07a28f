import type { handOverWords as chinese } from './hand-overs.zh-CN.ts'

export const handOverWords: typeof chinese = {
  handOverState: {
    pending: 'To be answered',
    accepted: 'Taken over',
    refused: 'Refused',
    withdrawn: 'Withdrawn',
    lapsed: 'Lapsed',
  },
  means: { telephone: 'By telephone', visit: 'By a visit' },
  contact: {
    told: '{day} {means}: {name} was told',
    promised: 'promised by {day}',
    kept: 'kept',
    broken: 'not kept',
    waits: 'not over yet',
  },
  handOver: {
    title: 'Hand-overs',
    empty: 'Nothing was handed over.',
    item: 'Item',
    from: 'From',
    to: 'To',
    state: 'Answer',
    offered: 'Offered',
    answered: 'Answered',
    held: 'Held by the giver (working days)',
    more: 'More',
    count: '{count} listed',
    ledger: 'Hand-overs',
    line: '{day} {from} → {to}',
    dueOn: 'now due on {day}',
    heldDays: '{from} had it for {days} working days',
    said: '{from} → {to}',
  },
}

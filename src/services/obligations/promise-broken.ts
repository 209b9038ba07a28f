import { performing } from './turn-clocks.ts'

/** A promise of which the day is over, while the performer still holds the obligation, as a condition on `obligations o`. */
export const PROMISE_BROKEN = `(exists (select from contacts c where c.obligation = o.id and c.promised_on < ?
  and c.noted_by = current_setting('duban.person', true)) and ${performing('o')})`

import { performing } from './turn-clocks.ts'

/** A promise noted by whoever asks of which the day is over, while the performer still holds the obligation; a condition on `obligations o`. */
export const PROMISE_BROKEN = `(${performing('o')} and o.id in (select c.obligation from contacts c
  where c.promised_on < ? and c.noted_by = current_setting('duban.person', true)))`

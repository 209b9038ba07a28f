import { dayOf, type Instant } from '../domain/time/days.ts'
import type { Begun, CaseBook, Plan, TakingBack } from './case-book.ts'
import type { ExpectedHistory } from './expected-history.ts'
import type { Intent } from './officer-behaviour.ts'
import type { SimpleCalendar } from './simple-calendar.ts'
import { sittingAfter, sittingsOf } from './times.ts'

const AFTER_MS = 5 * 60_000
/** One of so many is taken back, beginning early, so that a short file plays each. */
const EVERY = { submit: 60, accept: 45, return: 12 } as const
const FROM = { submit: 4, accept: 3, return: 1 } as const
/** What a phase waits for is not passed by mistake: its gate would have opened. */
const PASSED_BY_MISTAKE = ['warning', 'follow-up', 'monitoring-visit', 'rectification']

type Parts = { story: ExpectedHistory; book: CaseBook; calendar: SimpleCalendar }

/** What an action changes: whoever takes an acceptance back ends what has begun with it. */
export function idsOf({ action, of }: Pick<Plan, 'action' | 'of'>): string[] {
  const began = action === 'undo' ? (of.takingBack?.began ?? []) : []
  return [of.id, ...began.map(({ id }) => id)]
}

/** Somebody sees within minutes that what they did was wrong, and takes it back. */
export class UndoWork {
  private readonly seen = { submit: 0, accept: 0, return: 0 }
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** How the case stands before somebody does what they will take back; null for most. */
  before({ action, of, detail, at }: Plan, by: string): TakingBack | null {
    if (action !== 'submit' && action !== 'accept' && action !== 'return') return null
    if (of.asked || of.offered || of.wasTakenBack) return null
    if (action === 'accept' && !PASSED_BY_MISTAKE.includes(of.item.kind)) return null
    if (++this.seen[action] % EVERY[action] !== FROM[action]) return null
    const memory = this.parts.story.remember(of.item)
    return { by, of, done: { action, at, detail }, memory, began: [] }
  }

  /** It was done: it will be taken back in a few minutes. */
  after(back: TakingBack, began: readonly Begun[], at: Instant): void {
    const intent = { action: 'undo', at: at + AFTER_MS, detail: {} } as const
    this.parts.book.put({ ...back.of, takingBack: { ...back, began: [...began] } }, intent)
  }

  /** It goes on as it stood; what began with it is no longer wanted. It is done rightly at the next sitting, or the next day. */
  takeBack({ of }: Plan, at: Instant): void {
    const { story, book, calendar } = this.parts
    const { takingBack } = of
    if (!takingBack) throw new Error(`nobody takes anything back of ${of.item.item}`)
    story.takeBack(of.item, takingBack.memory, at)
    for (const { id, item } of takingBack.began) {
      story.ended(item, at)
      book.close({ id })
    }
    const { done } = takingBack
    // What was sent back lies over a night, so that a morning passes in which nobody may hear of it.
    const rightly: Intent =
      done.action === 'return'
        ? { action: 'accept', detail: {}, at: sittingsOf(calendar.step(dayOf(at), 1))[0]! }
        : { ...done, at: sittingAfter(at, calendar) }
    book.put({ ...takingBack.of, wasTakenBack: true }, rightly)
  }
}

import { IMPORTED_KIND } from '../kinds/kinds.ts'
import type { StoryItem } from './expected-history.ts'

/** What becomes of a piece of work besides being done. */
export type Fate =
  | { act: 'ask'; answer: 'granted' | 'shortened' | 'refused' | 'refused-late' | 'none' }
  | { act: 'offer'; answer: 'accepted' | 'refused' | 'withdrawn' | 'decided-above' | 'none' }

/** Eight of a hundred ask for more time, five of a hundred warnings name the wrong town. */
const ASKS = { every: 12, from: 3 }
const OFFERS = { every: 20, from: 20 }
/** So that a short file plays each answer too. */
const EARLY_OFFERS = [2, 4, 7, 9, 13]

const ANSWERS = ['granted', 'none', 'refused', 'granted', 'refused-late', 'shortened'] as const
const OFFER_ANSWERS = ['accepted', 'refused', 'decided-above', 'withdrawn', 'none'] as const

/** Counts instead of drawing lots, so that each answer comes about in a small year too. */
export class Fates {
  private works = 0
  private warnings = 0
  private asks = 0
  private offers = 0

  /** What becomes of new work of a town; null for most of it. */
  of({ kind, name }: StoryItem): Fate | null {
    if (name === undefined) return null
    if (kind === IMPORTED_KIND.code && isOffered(++this.warnings))
      return { act: 'offer', answer: OFFER_ANSWERS[this.offers++ % OFFER_ANSWERS.length]! }
    if (++this.works % ASKS.every !== ASKS.from) return null
    return { act: 'ask', answer: ANSWERS[this.asks++ % ANSWERS.length]! }
  }
}

function isOffered(nth: number): boolean {
  return EARLY_OFFERS.includes(nth) || (nth >= OFFERS.from && nth % OFFERS.every === 0)
}

/** What somebody did meanwhile; `key` tells it from the others. `text`: what they wrote with it. */
export type Happened = {
  key: string
  who: string | null
  at: string | null
  what: string
  text: string | null
}
/** One thing that is said of both: what one is about to save, and what stands there now. */
export type BothSay = { word: string; mine: string; theirs: string }

/**
 * Two people changed one thing. `happened` is empty where nobody keeps who it was; `refusal`: why one's own cannot be sent any more,
 * null where it can.
 */
export type Conflict = { happened: readonly Happened[]; rows: readonly BothSay[]; refusal: string | null }

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
 * null where it can. What cannot be sent from here, since more has to be asked first, offers no `again` at all.
 */
export type Conflict = { happened: readonly Happened[]; rows: readonly BothSay[]; refusal: string | null }

/** Mine upon theirs: what I left as it was when I began takes what stands there now. */
export function uponTheirs<T extends Readonly<Record<string, unknown>>>(mine: T, began: T, theirs: T): T {
  const isMine = (name: string) => JSON.stringify(mine[name]) !== JSON.stringify(began[name])
  return Object.fromEntries(
    Object.keys(mine).map((name) => [name, isMine(name) ? mine[name] : theirs[name]]),
  ) as T
}

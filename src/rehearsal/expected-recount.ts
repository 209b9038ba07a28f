import { type Day, endOfDay, type Instant } from '../domain/time/days.ts'
import type { ExpectedHistory, StoryTurn } from './expected-history.ts'
import { expectedRule, isBeside, isPerformed } from './policy-table.ts'
import type { PolicyVersion } from './second-policy.ts'

/** What a change of days or rules does to whoever performs or reviews, counted apart. */
export type ExpectedEffect = { later: number; earlier: number; becomesLate: number; ceasesLate: number }

/**
 * All that is open is counted anew, one by one, by the days and rules of now. What moves, or goes by another version, goes on in
 * silence.
 * @param version the rules that all of it is put under; null where each keeps its own
 * @returns what it is now
 */
export function recountAll(story: ExpectedHistory, at: Instant, version: PolicyVersion | null): StoryTurn[] {
  return story.inHand.flatMap((turn) => {
    const policy = version ?? turn.policy
    if (policy !== turn.policy) putUnder(policy, turn, story)
    const counted = turn.counted && { ...turn.counted, limit: limitUnder(policy, turn, story) }
    const dueOn = dueAnew({ ...turn, ...(counted && { counted }) }, story)
    if (dueOn === turn.dueOn && policy === turn.policy) return []
    return [story.change(turn, { dueOn, policy, ...(counted && { counted }) }, at)]
  })
}

/** A day that a document names stays, whatever the rules say. */
function putUnder(policy: PolicyVersion, turn: StoryTurn, story: ExpectedHistory): void {
  if (!isPerformed(turn)) return
  const parts = story.partsOf(turn)
  const { limit } = expectedRule({ ...turn, policy })
  story.limitAnew(turn.item, parts.limit === null || limit === 'fixed' ? parts.limit : limit, policy)
}

function limitUnder(policy: PolicyVersion, turn: StoryTurn, story: ExpectedHistory): number {
  return policy === turn.policy ? turn.counted!.limit : story.limitOf({ ...turn, policy })
}

function dueAnew(turn: StoryTurn, story: ExpectedHistory): Day {
  if (isPerformed(turn)) return story.dueOf(turn)
  const { counted, dueOn } = turn
  return counted === undefined ? dueOn : story.calendar.step(counted.startOn, counted.limit)
}

/** What waits for an answer beside the work gains and loses nothing. */
export function effectOf(changed: readonly StoryTurn[], now: Instant): ExpectedEffect {
  const moved = movedOf(changed)
  const late = ({ dueOn }: { dueOn: Day }) => endOfDay(dueOn) <= now
  const performed = moved.filter(isPerformed)
  return {
    later: moved.filter((turn) => turn.dueOn > turn.before!.dueOn).length,
    earlier: moved.filter((turn) => turn.dueOn < turn.before!.dueOn).length,
    becomesLate: performed.filter((turn) => late(turn) && !late(turn.before!)).length,
    ceasesLate: performed.filter((turn) => !late(turn) && late(turn.before!)).length,
  }
}

export function movedOf(changed: readonly StoryTurn[]): StoryTurn[] {
  return changed.filter((turn) => !isBeside(turn) && turn.dueOn !== turn.before!.dueOn)
}

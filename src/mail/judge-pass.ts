import type { Fate } from './classify.ts'
import { refusalKey } from './refusal.ts'

/** One attempt of a pass over the outbox. */
export type Attempt = {
  person: string
  fate: Fate
  /** The server has taken somebody else's mail since it first refused this one. */
  othersTakenSince: boolean
}
/** A final refusal of an earlier pass, since when no mail of the county was taken. */
export type EarlierRefusal = { person: string; reply: string }

/** So many readers refused with one and the same clear word about themselves are no coincidence. */
const MANY_CLEAR = 3

/**
 * Judges the refusals of one pass together, since a reply alone does not tell. Where the server takes the mail of somebody else,
 * a refusal is not about us, and what is put off is not put off by a server that is down: it is this reader's, and the mail is
 * tried again. Where it takes nobody's, several readers who are
 * refused alike show that it is about us (docs/adr/0013). @returns one fate for each attempt
 */
export function judgePass(attempts: readonly Attempt[], earlier: readonly EarlierRefusal[]): Fate[] {
  const taken = attempts.some(({ fate }) => fate.kind === 'accepted')
  return attempts.map(({ fate, person, othersTakenSince }) => {
    if (fate.kind === 'halt' && fate.reason === 'refused' && (taken || othersTakenSince))
      return { kind: 'retry', reply: fate.reply, reason: 'deferred', about: 'reader' }
    if (fate.kind === 'retry' && fate.about === 'us' && (taken || othersTakenSince))
      return { ...fate, about: 'reader' }
    if (fate.kind !== 'failed' || fate.about === 'mail' || taken || othersTakenSince) return fate
    const alike = refusedAlike(fate.reply, attempts, fate.about === 'unclear' ? earlier : [])
    alike.add(person)
    return alike.size >= (fate.about === 'unclear' ? 2 : MANY_CLEAR)
      ? { kind: 'halt', reply: fate.reply, reason: 'alike' }
      : fate
  })
}

/** Everybody who was refused with these words. */
function refusedAlike(
  reply: string,
  attempts: readonly Attempt[],
  earlier: readonly EarlierRefusal[],
): Set<string> {
  const key = refusalKey(reply)
  const now = attempts.flatMap(({ fate, person }) =>
    fate.kind === 'failed' ? { person, reply: fate.reply } : [],
  )
  return new Set([...now, ...earlier].filter((r) => refusalKey(r.reply) === key).map((r) => r.person))
}

/**
 * What stands, with a ready reason behind it: what somebody wrote is not taken away. Chosen again, or with no room for it, it stays as
 * it is. @param joint between two of them @param most characters that it may have
 */
export function withReason(before: string, reason: string, joint: string, most = Infinity): string {
  const stands = before.trim()
  if (stands === '') return reason
  if (stands.includes(reason)) return before
  const both = /[。；;.！!？?]$/.test(stands)
    ? `${stands}${joint.slice(1)}${reason}`
    : `${stands}${joint}${reason}`
  return both.length > most ? before : both
}

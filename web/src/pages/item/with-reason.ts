/**
 * What stands, with a ready reason behind it: what somebody wrote is not taken away. Chosen again, it stays as it is.
 * @param joint between two of them @param most characters that it may have @returns null where there is no room for it
 */
export function withReason(before: string, reason: string, joint: string, most = Infinity): string | null {
  const stands = before.trim()
  if (stands.includes(reason)) return before
  const between = /[。；;.！!？?]$/.test(stands) ? joint.slice(1) : joint
  const both = stands === '' ? reason : `${stands}${between}${reason}`
  return both.length > most ? null : both
}

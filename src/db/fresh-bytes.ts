import { randomFillSync } from 'node:crypto'

/** Asking the system for chance costs the same for 12 bytes and for many. */
const DRAWN = 4_096

let drawn = Buffer.alloc(0)
let used = 0

/** So many random bytes, from the system's generator, that nobody has had before. At most 4,096. */
export function freshBytes(count: number): Buffer {
  if (used + count > drawn.length) {
    // A new buffer each time: what was given away is still somebody's.
    drawn = randomFillSync(Buffer.allocUnsafeSlow(DRAWN))
    used = 0
  }
  const fresh = drawn.subarray(used, used + count)
  used += count
  return fresh
}

/** After so long without a touch nobody is at the page. */
const AWAY_MS = 10 * 60_000
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'click', 'wheel'] as const
/** Hung up to be looked at and touched by nobody: such a page is meant to stay signed in through the working day. */
const WALL = /\/wall\/?$/

let touchedAt = Date.now()

/** Notes that somebody is there. */
export function watchTouches(page: Pick<Window, 'addEventListener'> = window): void {
  for (const touch of TOUCHES)
    page.addEventListener(touch, () => (touchedAt = Date.now()), { passive: true, capture: true })
}

/**
 * Whether what the page asks now it asks by itself: numbers are read anew each minute, and must not keep the session of somebody who
 * went away from being idle.
 */
export function isUnattended(path: string): boolean {
  return Date.now() - touchedAt > AWAY_MS && !WALL.test(path)
}

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isUnattended, watchTouches } from '../../web/src/session/attended.ts'

const MINUTE = 60_000
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a page that nobody touches says so after some minutes, until it is touched; one on a wall never does', () => {
  const page = new EventTarget()
  watchTouches(page as unknown as Window)
  page.dispatchEvent(new Event('keydown'))
  vi.advanceTimersByTime(9 * MINUTE)
  expect(isUnattended('/app/')).toBe(false)
  vi.advanceTimersByTime(2 * MINUTE)
  expect(isUnattended('/app/')).toBe(true)
  expect(isUnattended('/app/wall')).toBe(false)
  expect(isUnattended('/app/wall/')).toBe(false)
  for (const touch of ['pointermove', 'click', 'wheel']) {
    page.dispatchEvent(new Event(touch))
    expect(isUnattended('/app/')).toBe(false)
    vi.advanceTimersByTime(11 * MINUTE)
    expect(isUnattended('/app/')).toBe(true)
  }
})

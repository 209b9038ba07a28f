import { afterAll, vi } from 'vitest'

/** What a file put in the place of a global goes with it: the files after it are run by the same worker. */
afterAll(() => {
  vi.unstubAllGlobals()
})

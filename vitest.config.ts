import { defineConfig } from 'vitest/config'
import { filesOf } from './tests/support/suite/projects.ts'
import { SlowFirst } from './tests/support/suite/slow-first.ts'

/** What is polled for may take longer than a second on a full machine. */
const WAITING = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } }
/** Modules are loaded once for each worker, not once for each file: that was a fifth of the whole time. */
const SHARED = { isolate: false, ...WAITING }
const DATABASE = {
  globalSetup: ['tests/support/suite/database-setup.ts'],
  setupFiles: ['tests/support/suite/quick-passwords.ts'],
}

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the processors there are at least: most of the slow files wait. In CI other steps fill what is left.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    projects: [
      // Which file belongs where: tests/support/suite/projects.ts.
      { test: { name: 'unit', include: filesOf('unit'), ...SHARED } },
      { test: { name: 'database', include: filesOf('database'), ...DATABASE, ...SHARED } },
      // They put a module in the place of another, which the files after them must not meet.
      { test: { name: 'mocked', include: filesOf('mocked'), ...DATABASE, ...WAITING } },
      {
        test: {
          name: 'system',
          include: filesOf('system'),
          globalSetup: ['tests/support/suite/system-setup.ts'],
          setupFiles: ['tests/support/suite/quick-passwords.ts'],
          ...SHARED,
          // A year's worth of moments on real servers, three files side by side on two processors.
          testTimeout: 180_000,
        },
      },
    ],
  },
})

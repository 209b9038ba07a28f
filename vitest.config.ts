import { defineConfig } from 'vitest/config'
import { keptModules } from './tests/support/suite/kept-modules.ts'
import { filesOf } from './tests/support/suite/projects.ts'
import { SlowFirst } from './tests/support/suite/slow-first.ts'

/** What is polled for may take longer than a second on a full machine. */
const WAITING = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } }
/** Modules are loaded once for each worker, not once for each file: that was a fifth of the whole time. */
const SHARED = { isolate: false, ...WAITING }
const suite = (...names: string[]) => names.map((name) => `tests/support/suite/${name}.ts`)
const UNIT = {
  globalSetup: suite('workbook-thread-setup'),
  setupFiles: suite('workbook-thread', 'globals-back'),
}
const DATABASE = {
  globalSetup: suite('workbook-thread-setup', 'database-setup'),
  setupFiles: suite('workbook-thread', 'quick-passwords'),
}
const SYSTEM = { ...DATABASE, globalSetup: suite('workbook-thread-setup', 'system-setup') }

export default defineConfig({
  test: {
    pool: 'forks',
    experimental: { fsModuleCache: true, fsModuleCachePath: keptModules },
    // One more than the processors there are at least: most of the slow files wait. In CI other steps fill what is left.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    projects: [
      // Which file belongs where: tests/support/suite/projects.ts.
      { test: { name: 'unit', include: filesOf('unit'), ...UNIT, ...SHARED } },
      { test: { name: 'database', include: filesOf('database'), ...DATABASE, ...SHARED } },
      // They put a module in the place of another, which the files after them must not meet.
      { test: { name: 'mocked', include: filesOf('mocked'), ...DATABASE, ...WAITING } },
      {
        test: {
          name: 'system',
          include: filesOf('system'),
          ...SYSTEM,
          ...SHARED,
          // A year's worth of moments on real servers, three files side by side on two processors.
          testTimeout: 180_000,
        },
      },
    ],
  },
})

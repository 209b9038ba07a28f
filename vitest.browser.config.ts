import { defineConfig } from 'vitest/config'
import { keptModules } from './tests/support/suite/kept-modules.ts'
import { SlowFirst } from './tests/support/suite/slow-first.ts'

/** Pages in a real browser. Apart from `npm test`, which must pass on a machine that has none. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.browser.ts'],
    globalSetup: ['system-setup', 'web-setup', 'played-setup', 'browser-setup'].map(
      (name) => `tests/support/suite/${name}.ts`,
    ),
    pool: 'forks',
    // One more than the processors there are at least, as in `npm test`: pages come to rest half of the time.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    // Modules are loaded once for each worker, as in `npm test`: the files begin with the same hundreds.
    isolate: false,
    experimental: { fsModuleCache: true, fsModuleCachePath: keptModules },
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // The whole product is started, beside other steps of a run.
    hookTimeout: 180_000,
  },
})

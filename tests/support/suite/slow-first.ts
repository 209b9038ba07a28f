import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** One project after the other, since another project needs a worker of its own. The last has the most small files. */
export const ORDER = ['system', 'unit', 'mocked', 'database'] as const

/** A fresh clone has no times of an earlier run. These take longest, the slowest first (below tests/). */
export const SLOWEST = [
  'security/canary.system.test.ts',
  'rehearsal/weeks.system.test.ts',
  'scenarios/import-failed.test.ts',
  'scenarios/mail-that-waits.test.ts',
  'scenarios/warning.test.ts',
  'scenarios/import-command.test.ts',
  'scenarios/wiped-temporal.test.ts',
  'scenarios/lost-parts.test.ts',
  'scenarios/killed-worker.test.ts',
  'scenarios/leaving.test.ts',
  'ledgers/worn-files.test.ts',
  'ledgers/spreadsheet/workbooks.test.ts',
  'services/access/passwords.unit.test.ts',
  'security/corpora/shapes.test.ts',
  'bin/commands/encryption.test.ts',
  'security/tampering.test.ts',
  'security/corpora/addresses.test.ts',
  'demo/demo.db.test.ts',
  'security/rotation-under-load.test.ts',
] as const

/** The same of the browser's files. The first plays the county that most of them begin with; the second waits for nobody. */
export const SLOWEST_PAGES = [
  'e2e/screenshots.browser.ts',
  'e2e/mails.browser.ts',
  'e2e/english.browser.ts',
  'e2e/app-list.browser.ts',
  'e2e/app-session.browser.ts',
  'e2e/app-imports.browser.ts',
  'e2e/app-list-decided.browser.ts',
] as const
const ALL = [...SLOWEST, ...SLOWEST_PAGES]

/** The longest files of a project begin first, so that no worker is left alone with one at the end. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => project(a) - project(b) || slowness(a) - slowness(b))
  }
}

function project({ project }: TestSpecification): number {
  return (ORDER as readonly string[]).indexOf(project.name)
}

function slowness({ moduleId }: TestSpecification): number {
  const place = ALL.findIndex((path) => moduleId.endsWith(`/tests/${path}`))
  return place < 0 ? ALL.length : place
}

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
  const place = SLOWEST.findIndex((path) => moduleId.endsWith(`/tests/${path}`))
  return place < 0 ? SLOWEST.length : place
}

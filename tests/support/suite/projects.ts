import { readdirSync } from 'node:fs'

export type ProjectName = 'unit' | 'database' | 'mocked' | 'system'

/** Needs no server: pure functions, and what a test starts by itself within its own process. */
const UNIT = [
  'bin/cli',
  'bin/config',
  'contract',
  'demo',
  'docs',
  'domain',
  'kinds',
  'ledgers',
  'mail',
  'rehearsal',
  'web',
]
/** Needs Temporal, or starts and kills servers of its own. */
const SYSTEM = ['engine', 'replay', 'scenarios']

/**
 * The one project that a test file belongs to. The end of its name decides (`x.system.test.ts`; `db` is short for `database`, and `mocked` is a database
 * test that replaces a module), else its folder; a
 * folder that stands in neither list needs PostgreSQL.
 * @param path below tests/, with slashes
 */
export function projectOf(path: string): ProjectName {
  const named = /\.(unit|db|database|mocked|system)\.test\.ts$/.exec(path)?.[1]
  if (named) return named === 'db' ? 'database' : (named as ProjectName)
  if (UNIT.some((folder) => path.startsWith(`${folder}/`))) return 'unit'
  return SYSTEM.some((folder) => path.startsWith(`${folder}/`)) ? 'system' : 'database'
}

/** Every test file of a project, from the root of the repository. */
export function filesOf(project: ProjectName): string[] {
  const tests = new URL('../../', import.meta.url)
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.test.ts') && projectOf(path) === project)
    .map((path) => `tests/${path}`)
}

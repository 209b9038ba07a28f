import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesOf, projectOf } from './projects.ts'
import { ORDER, SLOWEST, SLOWEST_PAGES } from './slow-first.ts'

const root = new URL('../../../', import.meta.url)
const PROJECTS = ['unit', 'database', 'mocked', 'system'] as const

test('every test file belongs to exactly one project, and no project is empty', () => {
  const files = readdirSync(new URL('tests', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `tests/${name}`)
  const byProject = PROJECTS.map(filesOf)
  for (const part of byProject) expect(part.length).toBeGreaterThan(1)
  expect(byProject.flat().sort()).toEqual(files.sort())
})

test('what begins first is still there, and every project has its place', () => {
  const files = PROJECTS.flatMap(filesOf)
  expect(SLOWEST.filter((path) => !files.includes(`tests/${path}`))).toEqual([])
  expect(SLOWEST_PAGES.filter((path) => !existsSync(new URL(`tests/${path}`, root)))).toEqual([])
  expect([...ORDER].sort()).toEqual([...PROJECTS].sort())
})

test.each([
  ['domain/time/limits.test.ts', 'unit'],
  ['kinds/lives.database.test.ts', 'database'],
  ['kinds/lives.db.test.ts', 'database'],
  ['api/session/session.test.ts', 'database'],
  ['services/access/passwords.unit.test.ts', 'unit'],
  ['services/access/sign-in.mocked.test.ts', 'mocked'],
  ['scenarios/warning.test.ts', 'system'],
  ['security/canary.system.test.ts', 'system'],
  ['a-new-folder/x.test.ts', 'database'],
])('%s is %s', (path, project) => {
  expect(projectOf(path)).toBe(project)
})

test('a unit test asks for no server', () => {
  const servers = /support\/(database|county|stack|temporal|owner-command|keyed-county)\.ts'/
  const asking = filesOf('unit').filter((path) => servers.test(readFileSync(new URL(path, root), 'utf8')))
  expect(asking).toEqual([])
})

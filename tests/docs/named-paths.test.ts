import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const ROOMS = ['src', 'tests', 'docs', 'templates', 'migrations', 'bench', 'scripts', 'tools', 'web', '.ci']
/** What is made and not kept: it need not be there. */
const MADE = ['bench/results/', 'web/generated/']

const files = ROOMS.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((name) => `${room}/${name}`)
    .filter((path) => !path.includes('/node_modules/')),
)
const DOCUMENTS = [
  ...['ARCHITECTURE.md', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...files.filter((path) => /^docs\/.*\.md$/.test(path)),
]

/** What stands between backticks and is a path from the root, or the name of a file. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name)
  return quoted.filter((name) => {
    if (/[<>{}$…()?]/.test(name)) return false
    return ROOMS.includes(name.split('/')[0]!)
      ? name.includes('/')
      : /^\w[\w/-]*[\w.-]*\.(ts|vue|mjs|sql|css)$/.test(name)
  })
}

/** `src/api/overview` is a path from the root, `act.ts` and `people/absence.ts` the end of one, `docs/adr/0012` its beginning. */
function exists(name: string): boolean {
  if (MADE.includes(name) || existsSync(join(root, name))) return true
  if (/^docs\/adr\/\d{4}$/.test(name)) return files.some((path) => path.startsWith(`${name}-`))
  if (name.includes('*')) {
    const pattern = new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`)
    return files.some((path) => pattern.test(path))
  }
  return !ROOMS.includes(name.split('/')[0]!) && files.some((path) => path.endsWith(`/${name}`))
}

test.each(DOCUMENTS)('every file and folder that %s names exists', (document) => {
  expect(pathsIn(read(document)).filter((name) => !exists(name))).toEqual([])
})

test('a file that is not there is found, however it is named', () => {
  const text =
    'See `src/db/gone.ts`, `gone.ts`, `db/gone.ts`, `web/src/gone.*.ts`, `docs/adr/9999` and `src/db/pool.ts`, `pool.ts`.'
  const gone = ['src/db/gone.ts', 'gone.ts', 'db/gone.ts', 'web/src/gone.*.ts', 'docs/adr/9999']
  expect(pathsIn(text).filter((name) => !exists(name))).toEqual(gone)
})

test('the documents name many files', () => {
  expect(DOCUMENTS.length).toBeGreaterThan(35)
  expect(pathsIn(read('ARCHITECTURE.md')).length).toBeGreaterThan(250)
  expect(pathsIn(read('README.md')).length).toBeGreaterThan(3)
})

test.each(DOCUMENTS)('every file that %s links to exists', (document) => {
  const links = [...read(document).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
  const here = links.filter((link) => !/^(https?|mailto):/.test(link))
  expect(here.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([])
})

test.each(DOCUMENTS)('every npm script that %s names exists', (document) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...read(document).matchAll(/npm run (?:--silent |-s )?([\w:-]+)/g)].map(
    ([, name = '']) => name,
  )
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('every name that ARCHITECTURE.md places in a file stands there', () => {
  // `SUMMED` of `office-totals.ts`; the files of one line may name their folder once.
  const placed = [...read('ARCHITECTURE.md').matchAll(/`(\w+)` (?:of|in) `([\w./-]+\.(?:ts|mjs|vue))`/g)]
  expect(placed.length).toBeGreaterThan(8)
  const missing = placed.filter(([, name = '', file = '']) => {
    const found = files.filter((path) => path === file || path.endsWith(`/${file}`))
    return !found.some((path) => new RegExp(`\\b${name}\\b`).test(read(path)))
  })
  expect(missing.map(([all]) => all)).toEqual([])
})

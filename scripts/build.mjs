// Builds what has changed since the last build, so that a warm start does not wait for the compiler. Contents decide, not
// times of files: a checkout touches them all. Nothing changed: a tenth of a second.
//   node scripts/build.mjs [web]: the web app alone, for tests that start the server from its sources.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'

const STAMP = 'dist/.built.json'
const SERVER_OUTPUTS = ['dist/bin/duban.js', 'dist/workflow-bundle.js']
const WEB_OUTPUTS = ['dist/web/worker.js']
const INPUTS = [
  'src',
  'scripts/build.mjs',
  'scripts/bundle-workflows.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
]
/** All that workflows may import (.dependency-cruiser.mjs); activities are types to them. */
const BUNDLED = ['dist/workflows', 'dist/contract', 'dist/domain', 'dist/kinds']

/** What the web app is made of, with the rooms of the server whose words it shows. Types of the API (web/generated) are checked, not built. */
const WEB = [
  ...['src/domain', 'src/kinds', 'src/ledgers'],
  'web/index.html',
  'vite.config.ts',
  'web/src',
  'web/public',
  'web/worker',
  'scripts/build-web.mjs',
]

/** One text for the names and contents of all files below the given paths. */
function digest(paths) {
  const hash = createHash('sha256').update(process.version)
  for (const file of paths.flatMap(filesOf).sort()) hash.update(`${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((e) => e.isFile() && !e.name.endsWith('.map'))
    .map((e) => `${e.parentPath ?? e.path}/${e.name}`)
}

/** What the last build was made of, as far as it still stands. */
function readStamp() {
  if (!existsSync(STAMP)) return {}
  try {
    const { sources, workflows, web } = JSON.parse(readFileSync(STAMP, 'utf8')) ?? {}
    const stands = (outputs) => outputs.every((file) => existsSync(file))
    return { ...(stands(SERVER_OUTPUTS) && { sources, workflows }), ...(stands(WEB_OUTPUTS) && { web }) }
  } catch {
    // A build was stopped while it wrote: everything is built again.
    return {}
  }
}

const last = readStamp()
const packages = existsSync('package-lock.json') ? digest(['package-lock.json']) : ''
const webAlone = process.argv[2] === 'web'
const sources = webAlone ? last.sources : `${packages}${digest(INPUTS)}`
const web = `${packages}${digest(WEB)}`
let { workflows } = last
if (last.sources !== sources) {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.build.json'],
    {
      stdio: 'inherit',
    },
  )
  if (status !== 0) process.exit(status ?? 1)
  workflows = `${packages}${digest(BUNDLED)}`
  if (last.workflows !== workflows) await import('./bundle-workflows.mjs')
}
if (last.web !== web) await import('./build-web.mjs')
if (last.sources !== sources || last.web !== web)
  writeFileSync(STAMP, JSON.stringify({ sources, workflows, web }))

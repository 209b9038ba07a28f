// Builds the web app into dist/web, with a compressed copy beside each file: whoever asks on a slow line gets that one. What
// starts a page ahead of the app, and the worker that keeps the app on a device, come last, since they name files of this build.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'vite'

/** Below this a compressed file saves no packet. */
const WORTH_BYTES = 1_000
/** The pages of every day (web/src/ahead/questions.ts): their files are fetched ahead. */
const DAILY = {
  overview: 'src/pages/overview/overview-page.vue',
  obligations: 'src/pages/obligations/obligations-page.vue',
  item: 'src/pages/item/item-page.vue',
  review: 'src/pages/review/review-page.vue',
}
/** The pages that open without a network from the first visit on; others do once they were visited. */
const KEPT_AT_ONCE = [
  ...[...Object.values(DAILY), 'src/pages/sign-in/sign-in-page.vue'],
  // Loaded as somebody acts on many: a build that is gone by then has them no more.
  ...['src/pages/obligations/bulk-form.vue', 'src/pages/obligations/bulk-result.vue'],
]
const TARGET = ['chrome87', 'safari14']

// Whoever asks for a build, tests too, gets the one that people use.
process.env.NODE_ENV = 'production'
await build({ configFile: 'vite.config.ts', logLevel: 'warn', build: { manifest: 'assets/manifest.json' } })
const manifest = JSON.parse(readFileSync('dist/web/assets/manifest.json', 'utf8'))

/** The files a part of the app cannot start without. What it loads later is not followed. */
function filesFor(name, known = new Set()) {
  const { file, css = [], imports = [] } = manifest[name]
  if (known.has(file)) return known
  for (const needed of [file, ...css]) known.add(needed)
  for (const imported of imports) filesFor(imported, known)
  return known
}

const started = filesFor('index.html')
const pageFiles = Object.entries(DAILY).map(([page, name]) => {
  const needed = [...filesFor(name)].filter((file) => !started.has(file) && file.endsWith('.js'))
  return [page, needed.map((file) => `/app/${file}`)]
})
const APP_FILE = `/app/${manifest['index.html'].file}`
const ahead = await oneFile('ahead', 'web/src/ahead/ahead.ts', {
  PAGE_FILES: JSON.stringify(Object.fromEntries(pageFiles)),
  APP_FILE: JSON.stringify(APP_FILE),
})
const aheadFile = `assets/ahead-${digestOf([ahead]).slice(0, 8)}.js`
writeFileSync(`dist/web/${aheadFile}`, ahead)
// The app is started by what comes ahead of it, whatever fails there. Its first file is fetched meanwhile, as those that it imports;
// by Safari only from 17 on.
const html = readFileSync('dist/web/index.html', 'utf8')
const FIRST_FILE = `<script type="module" crossorigin src="${APP_FILE}"></script>`
if (!html.includes(FIRST_FILE)) throw new Error(`dist/web/index.html does not begin with ${APP_FILE}`)
writeFileSync(
  'dist/web/index.html',
  html.replace(
    FIRST_FILE,
    `<script src="/app/${aheadFile}"></script>\n    <link rel="modulepreload" crossorigin href="${APP_FILE}">`,
  ),
)

const files = readdirSync('dist/web/assets')
  .toSorted()
  .map((name) => ({ name, bytes: readFileSync(`dist/web/assets/${name}`) }))
for (const { name, bytes } of files) {
  if (bytes.length < WORTH_BYTES || !/\.(js|css|svg)$/.test(name)) continue
  writeFileSync(`dist/web/assets/${name}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`dist/web/assets/${name}.br`, brotliCompressSync(bytes))
}

const keptAtOnce = new Set([...started, aheadFile])
for (const name of KEPT_AT_ONCE) filesFor(name, keptAtOnce)
// All styles stand in one file, which no part names.
keptAtOnce.add(manifest['style.css'].file)

const edition = digestOf([readFileSync('dist/web/index.html'), ...files.map(({ name }) => name)])
const worker = await oneFile('worker', 'web/worker/worker.ts', {
  BUILD: JSON.stringify(edition.slice(0, 12)),
  BUILD_FILES: JSON.stringify([...keptAtOnce].map((file) => `/app/${file}`)),
})
writeFileSync('dist/web/worker.js', worker)

/** What stands alone, as one plain script. @param define what it is told of this build */
async function oneFile(name, entry, define) {
  const lib = { entry, formats: ['iife'], name, fileName: name }
  const built = await build({
    ...{ configFile: false, logLevel: 'warn', publicDir: false, define },
    build: { write: false, target: TARGET, lib },
  })
  return [built].flat()[0].output[0].code
}

function digestOf(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

// Builds the web app into dist/web, with a compressed copy beside each file: whoever asks on a slow line gets that one. The
// worker that keeps the app on a device comes last, since it names the files of this build.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'vite'

/** Below this a compressed file saves no packet. */
const WORTH_BYTES = 1_000
/** The pages that open without a network from the first visit on; others do once they were visited. */
const KEPT_AT_ONCE = [
  'overview/overview',
  'obligations/obligations',
  'item/item',
  'review/review',
  'sign-in/sign-in',
]

// Whoever asks for a build, tests too, gets the one that people use.
process.env.NODE_ENV = 'production'
await build({ configFile: 'vite.config.ts', logLevel: 'warn', build: { manifest: 'assets/manifest.json' } })
const files = readdirSync('dist/web/assets')
  .toSorted()
  .map((name) => ({ name, bytes: readFileSync(`dist/web/assets/${name}`) }))
for (const { name, bytes } of files) {
  if (bytes.length < WORTH_BYTES || !/\.(js|css|svg)$/.test(name)) continue
  writeFileSync(`dist/web/assets/${name}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`dist/web/assets/${name}.br`, brotliCompressSync(bytes))
}

const manifest = JSON.parse(readFileSync('dist/web/assets/manifest.json', 'utf8'))
const keptAtOnce = new Set()
for (const name of ['index.html', ...KEPT_AT_ONCE.map((page) => `src/pages/${page}-page.vue`)])
  keepWithImports(name)
// All styles stand in one file, which no part names.
keptAtOnce.add(manifest['style.css'].file)

/** What a part of the app cannot start without. What it loads later is not followed. */
function keepWithImports(name) {
  const { file, css = [], imports = [] } = manifest[name]
  if (keptAtOnce.has(file)) return
  for (const needed of [file, ...css]) keptAtOnce.add(needed)
  for (const imported of imports) keepWithImports(imported)
}

const edition = createHash('sha256').update(readFileSync('dist/web/index.html'))
for (const { name } of files) edition.update(name)
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  define: {
    BUILD: JSON.stringify(edition.digest('hex').slice(0, 12)),
    BUILD_FILES: JSON.stringify([...keptAtOnce].map((file) => `/app/${file}`)),
  },
  build: {
    outDir: 'dist/web',
    emptyOutDir: false,
    target: ['chrome87', 'safari14'],
    lib: { entry: 'web/worker/worker.ts', formats: ['iife'], name: 'worker', fileName: () => 'worker.js' },
  },
})

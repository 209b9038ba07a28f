// Builds the web app into dist/web, with a compressed copy beside each file: whoever asks on a slow line gets that one.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'vite'

/** Below this a compressed file saves no packet. */
const WORTH_BYTES = 1_000

await build({ configFile: 'vite.config.ts', logLevel: 'warn' })
for (const { parentPath, path, name } of readdirSync('dist/web/assets', { withFileTypes: true })) {
  const file = `${parentPath ?? path}/${name}`
  const bytes = readFileSync(file)
  if (bytes.length < WORTH_BYTES || !/\.(js|css|svg)$/.test(name)) continue
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`${file}.br`, brotliCompressSync(bytes))
}

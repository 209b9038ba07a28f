// Writes the types of the API that the web app asks (web/generated/api.d.ts), from the document the API gives of itself. Its sources are
// put together in one file first: to translate each of a thousand on its way in took three times as long.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import { build } from 'vite'

const FOLDER = 'web/generated'
const FILE = `${FOLDER}/api.d.ts`

const types = astToString(await openapiTS(await describedApi()))
// An unchanged file keeps its time, so that nothing is built anew for it.
if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== types) {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(FILE, types)
}

/** @returns {Promise<string>} what scripts/described-api.ts says */
async function describedApi() {
  // Beside the packages, which it imports.
  const outDir = mkdtempSync(resolve('node_modules/.duban-described-'))
  try {
    const output = { entryFileNames: 'api.mjs', chunkFileNames: '[name].mjs' }
    await build({
      ...{ configFile: false, logLevel: 'warn', publicDir: false },
      build: {
        ...{ ssr: 'scripts/described-api.ts', outDir, emptyOutDir: false, target: 'node20' },
        rolldownOptions: { output },
      },
    })
    const { describedApi: described } = await import(pathToFileURL(join(outDir, 'api.mjs')).href)
    return await described()
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

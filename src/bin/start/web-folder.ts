import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The built web app beside the compiled program, also when the program runs from its sources; null where it was not built. */
export function webFolder(): string | null {
  for (const path of ['../../web', '../../../dist/web']) {
    const folder = fileURLToPath(new URL(path, import.meta.url))
    if (existsSync(`${folder}/index.html`)) return folder
  }
  return null
}

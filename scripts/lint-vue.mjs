// Looks for promises nobody waits for in the scripts of .vue files. oxlint asks a compiler that reads no .vue file: so it gets
// each script as a .ts file, in a folder that lies over web/. ESLint could ask too, but builds the program anew for each file.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

mkdirSync('dist', { recursive: true })
const folder = mkdtempSync(join('dist', 'vue-scripts-'))
try {
  const copies = copyScripts()
  if (copies.length === 0) throw new Error('no .vue file has a script: nothing was looked at')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(compilerOptions()))
  writeFileSync(join(folder, 'oxlint.json'), JSON.stringify(lintOptions()))
  process.exitCode = lint(copies)
} finally {
  rmSync(folder, { recursive: true })
}

/** What stands outside of the script becomes empty lines, so that a place in the one file is the same in the other. */
function copyScripts() {
  const copies = []
  for (const name of readdirSync('web/src', { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.vue')) continue
    const script = scriptOf(readFileSync(join('web/src', name), 'utf8'))
    if (script === null) continue
    const copy = join(folder, 'web/src', `${name}.ts`)
    mkdirSync(dirname(copy), { recursive: true })
    writeFileSync(copy, `${script}\nexport {}\n`)
    copies.push(copy)
  }
  return copies
}

/** @param {string} text */
function scriptOf(text) {
  const parts = [...text.matchAll(/^<script\b[^>]*>\n([^]*?)^<\/script>/gm)]
  if (parts.length === 0) return null
  let at = 0
  let script = ''
  for (const part of parts) {
    const begin = part.index + part[0].indexOf(part[1] ?? '', part[0].indexOf('>') + 1)
    script += text.slice(at, begin).replace(/[^\n]/g, '') + part[1]
    at = begin + (part[1] ?? '').length
  }
  return script
}

/** `rootDirs` lays the folder over the repository: './x.ts' beside a copy is the one beside the .vue file. */
function compilerOptions() {
  const up = relative(folder, '.')
  return {
    extends: `${up}/web/tsconfig.json`,
    compilerOptions: { rootDirs: ['.', up] },
    include: ['web', `${up}/web/src/**/*.d.ts`],
  }
}

function lintOptions() {
  return {
    plugins: ['typescript'],
    categories: { correctness: 'off' },
    options: { typeAware: true, denyWarnings: true },
    rules: { 'typescript/no-floating-promises': 'error' },
  }
}

/** Each file is named: oxlint passes over a folder that git does not keep. @param {readonly string[]} copies */
function lint(copies) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      ...['node_modules/oxlint/bin/oxlint', '--no-ignore', '--config', join(folder, 'oxlint.json')],
      ...['--tsconfig', join(folder, 'tsconfig.json'), ...copies],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  process.stdout.write(stdout.replaceAll(`${folder}/`, '').replaceAll('.vue.ts', '.vue'))
  const looked = Number(/on (\d+) files?/.exec(stdout)?.[1] ?? 0)
  if (status !== 0 || looked === copies.length) return status ?? 1
  console.error(`${copies.length} scripts were there, oxlint looked at ${looked}`)
  return 1
}

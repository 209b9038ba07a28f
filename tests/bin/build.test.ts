import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))
const COMPILER = `const fs=require('fs');for(const d of ['bin','workflows','contract','domain','kinds'])fs.mkdirSync('dist/'+d,{recursive:true});
fs.writeFileSync('dist/bin/duban.js','');fs.writeFileSync('dist/workflow-bundle.js','');console.log('compiled')`
let dir: string
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'duban-build-'))
  write('node_modules/typescript7/bin/tsc', COMPILER)
  for (const file of [
    'src/a.ts',
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts/bundle-workflows.mjs',
    'web/src/main.ts',
  ])
    write(file, '')
  write(
    'scripts/build-web.mjs',
    `import fs from 'node:fs';fs.mkdirSync('dist/web',{recursive:true});fs.writeFileSync('dist/web/worker.js','');console.log('web')`,
  )
  copyFileSync(SCRIPT, join(dir, 'scripts/build.mjs'))
})
afterAll(() => rmSync(dir, { recursive: true }))

test('what is unchanged is not built again, unless the stamp of the last build is half written', () => {
  const build = (...only: string[]) =>
    spawnSync(process.execPath, ['scripts/build.mjs', ...only], { cwd: dir, encoding: 'utf8' })
  expect(build()).toMatchObject({ status: 0, stdout: 'compiled\nweb\n' })
  expect(build()).toMatchObject({ status: 0, stdout: '' })
  write('web/src/main.ts', '// changed')
  expect(build()).toMatchObject({ status: 0, stdout: 'web\n' })
  write('web/worker/worker.ts', '// changed')
  expect(build()).toMatchObject({ status: 0, stdout: 'web\n' })
  write('src/a.ts', '// changed')
  expect(build()).toMatchObject({ status: 0, stdout: 'compiled\n' })
  expect(build()).toMatchObject({ status: 0, stdout: '' })
  // The app shows words of the domain.
  write('src/domain/words.ts', '// changed')
  expect(build()).toMatchObject({ status: 0, stdout: 'compiled\nweb\n' })
  write('src/a.ts', '// changed again')
  write('web/src/main.ts', '// changed again')
  expect(build('web')).toMatchObject({ status: 0, stdout: 'web\n' })
  expect(build()).toMatchObject({ status: 0, stdout: 'compiled\n' })
  rmSync(join(dir, 'dist/web/worker.js'))
  expect(build()).toMatchObject({ status: 0, stdout: 'web\n' })
  const stamp = join(dir, 'dist/.built.json')
  writeFileSync(stamp, readFileSync(stamp, 'utf8').slice(0, 20))
  expect(build()).toMatchObject({ status: 0, stdout: 'compiled\nweb\n' })
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../scripts/build-if-missing.mjs', import.meta.url))
const BUILD = `const fs=require('fs');fs.mkdirSync('dist/bin',{recursive:true});fs.writeFileSync('dist/bin/duban.js','');console.log('built')`
let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'duban-build-'))
  writeFileSync(join(dir, 'build.cjs'), BUILD)
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ scripts: { build: 'node build.cjs' } }))
})
afterAll(() => rmSync(dir, { recursive: true }))

test('a command in a fresh checkout builds once first, without output of its own', () => {
  const run = () => spawnSync(process.execPath, [SCRIPT], { cwd: dir, encoding: 'utf8' })
  const first = run()
  expect([first.status, first.stdout]).toEqual([0, ''])
  expect(first.stderr).toContain('built')
  expect(run()).toMatchObject({ status: 0, stdout: '', stderr: '' })
})

test('a command does not run when the build fails', () => {
  rmSync(join(dir, 'dist'), { recursive: true })
  writeFileSync(join(dir, 'build.cjs'), 'process.exit(2)')
  expect(spawnSync(process.execPath, [SCRIPT], { cwd: dir }).status).toBe(2)
})

import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadBreachedFile, breachedFile } from '../../../src/services/access/breached-file.ts'
import { newPasswordFault } from '../../../src/services/access/password-rules.ts'
import { breachedOf } from '../../../src/bin/start/api-settings.ts'
import { BadConfig, readConfig } from '../../../src/bin/config/config.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duban-breached-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const LOST = Array.from({ length: 20_000 }, (_none, i) => `a lost password ${i}`)
const SORTED = LOST.map((password) => createHash('sha1').update(password).digest('hex').toUpperCase()).sort()

let made = 0
async function fileOf(lines: string[], end = '\n', last = end): Promise<string> {
  const path = join(dir, String(made++))
  await writeFile(path, lines.join(end) + last)
  return path
}

describe('a file of breached passwords', () => {
  test.each([
    ['as it is downloaded', SORTED.map((hash, i) => `${hash}:${i}`), '\r\n', ''],
    ['without counts, in lower case', SORTED.map((hash) => hash.toLowerCase()), '\n', '\n'],
    ['of one line', SORTED.slice(0, 1), '\n', ''],
    ['that fits into one block', SORTED.slice(0, 50), '\n', '\n'],
  ])('%s: every password in it is found, and no other', async (_what, lines, end, last) => {
    const breached = await breachedFile(await fileOf(lines, end, last))
    const inIt = new Set(lines.map((line) => line.slice(0, 40).toUpperCase()))
    const [first, latest] = [SORTED[0], SORTED[lines.length - 1]]
    // All would take long; those at both ends are where a search goes wrong.
    for (const [i, password] of LOST.entries()) {
      const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
      if (i % 50 > 0 && hash !== first && hash !== latest) continue
      expect(await breached(password), password).toBe(inIt.has(hash))
      expect(await breached(`${password}!`)).toBe(false)
    }
  })

  test.each([
    ['out of order', [...SORTED].reverse()],
    ['of something else', ['password', 'letmein']],
    ['empty', []],
    ['that turns into something else', [...SORTED, ...Array.from({ length: 20_000 }, () => 'x'.repeat(45))]],
  ])('%s is refused when it is opened', async (_what, lines) => {
    await expect(breachedFile(await fileOf(lines))).rejects.toThrow(BadBreachedFile)
  })
})

test('a breached password cannot be chosen, in upper or lower case', async () => {
  const deps = { breached: await breachedFile(await fileOf(SORTED)) }
  const who = { name: '张测试', email: 'zhang@maoba.test' }
  for (const lost of ['a lost password 7', 'A Lost Password 7'])
    expect(await newPasswordFault(deps, lost, who)).toBe('这个密码在已经泄露的密码之中,请换一个。')
  expect(await newPasswordFault(deps, 'a found password 7', who)).toBeNull()
})

test('the service does not start with an unusable file, and names the setting', async () => {
  const settings = (path: string) => readConfig({ DUBAN_BREACHED_PASSWORDS: path })
  for (const path of [join(dir, 'none'), dir, await fileOf(['password'])])
    await expect(breachedOf(settings(path))).rejects.toThrow(BadConfig)
  await expect(breachedOf(settings(join(dir, 'none')))).rejects.toThrow('DUBAN_BREACHED_PASSWORDS')
  const breached = await breachedOf(settings(await fileOf(SORTED)))
  expect(await breached('a lost password 0')).toBe(true)
  expect(await (await breachedOf(readConfig({})))('a lost password 0')).toBe(false)
})

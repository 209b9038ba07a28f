import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const WEB = new URL('../../web/', import.meta.url)
const ROOT = new URL('../../', import.meta.url)
/** What Chrome 87 or Safari 14 does not know, and no build adds: the build rewrites the language, not what is called. */
const UNKNOWN =
  /\.(at|toSorted|toReversed|toSpliced|with|findLast|findLastIndex|groupBy|hasOwn|withResolvers)\(|\bstructuredClone\(|\(\?<[=!]/
const IMPORTED = /^(?:import|export) (?!type\b)(?:[^'"]*? from )?['"](\.[^'"]+)['"]/gm

/** What the pages and the worker are made of: their own files, and those of the service that they import. */
function bundled(): Map<string, string> {
  const read = new Map<string, string>()
  const add = (url: URL) => {
    if (read.has(url.pathname) || !/\.(ts|vue)$/.test(url.pathname)) return
    const text = readFileSync(url, 'utf8')
    read.set(url.pathname, text)
    for (const [, path = ''] of text.matchAll(IMPORTED))
      if (!path.includes('generated')) add(new URL(path, url))
  }
  for (const folder of ['src', 'worker'])
    for (const path of readdirSync(new URL(`${folder}/`, WEB), { recursive: true, encoding: 'utf8' }))
      add(new URL(`${folder}/${path}`, WEB))
  return read
}

it('nothing is called that the browsers of town offices do not know', () => {
  const sources = bundled()
  expect(sources.size).toBeGreaterThan(200)
  expect(sources.has(new URL('src/domain/obligation/problem-words.ts', ROOT).pathname)).toBe(true)
  const found = [...sources].flatMap(([path, text]) =>
    UNKNOWN.test(text) ? [`${path}: ${UNKNOWN.exec(text)?.[0]}`] : [],
  )
  expect(found).toEqual([])
})

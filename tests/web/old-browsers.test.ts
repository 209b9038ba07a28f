import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const WEB = new URL('../../web/', import.meta.url)
/** What Chrome 87 or Safari 14 does not know, and no build adds: the build rewrites the language, not what is called. */
const UNKNOWN =
  /\.(at|toSorted|toReversed|toSpliced|with|findLast|findLastIndex|groupBy|hasOwn|withResolvers)\(|\bstructuredClone\(/

it('nothing is called that the browsers of town offices do not know', () => {
  const files = ['src', 'worker'].flatMap((folder) =>
    readdirSync(new URL(folder, WEB), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path}`,
    ),
  )
  const sources = files.filter((path) => /\.(ts|vue)$/.test(path))
  expect(sources.length).toBeGreaterThan(200)
  for (const path of sources)
    expect(UNKNOWN.exec(readFileSync(new URL(path, WEB), 'utf8'))?.[0], path).toBe(undefined)
})

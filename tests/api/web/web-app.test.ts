import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../build.ts'

let api: TestApp
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>督办</title>')
  for (const name of ['worker.js', 'app.webmanifest', 'icon.svg', 'icon-192.png', 'icon-512.png'])
    writeFileSync(join(folder, name), `the ${name}`)
  writeFileSync(join(folder, 'assets/index-a1.js'), 'export {}')
  writeFileSync(join(folder, 'assets/index-a1.js.gz'), gzipSync('export {}'))
  writeFileSync(join(folder, 'secret'), 'not an asset')
  api = await buildTestApp(undefined, { web: folder })
})
afterAll(async () => {
  await api.close()
  rmSync(folder, { recursive: true })
})

it.each(['/app', '/app/', '/app/obligations/7?mail=1', '/app/no/such/page'])(
  'anybody gets the one page of the app at %s, asked for anew each time and free of inline scripts',
  async (url) => {
    const { statusCode, headers, body } = await api.app.inject({ url })
    expect(statusCode).toBe(200)
    expect(body).toContain('<title>督办</title>')
    expect(headers['cache-control']).toBe('no-cache')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';")
    expect(policy).not.toContain('unsafe')
  },
)

it('a file of the app is kept for a year, and comes compressed to whoever takes it so', async () => {
  const plain = await api.app.inject({ url: '/app/assets/index-a1.js' })
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(plain.headers['content-type']).toMatch('javascript')
  const packed = await api.app.inject({
    url: '/app/assets/index-a1.js',
    headers: { 'accept-encoding': 'gzip' },
  })
  expect(packed.headers['content-encoding']).toBe('gzip')
})

it.each(['/app/assets/none.js', '/app/assets/../secret', '/app/assets/%2e%2e/secret'])(
  'nothing but its files is read: %s',
  async (url) => {
    const { body, statusCode } = await api.app.inject({ url })
    expect(body).not.toContain('not an asset')
    expect(statusCode).toBe(url.endsWith('none.js') ? 404 : 200)
    expect(body.includes('<title>督办</title>')).toBe(statusCode === 200)
  },
)

it.each([
  ['worker.js', 'text/javascript'],
  ['app.webmanifest', 'application/manifest+json'],
  ['icon-192.png', 'image/png'],
])('a device gets %s as what it is, asked for anew each time', async (name, type) => {
  const { statusCode, headers, body } = await api.app.inject({ url: `/app/${name}` })
  expect(statusCode).toBe(200)
  expect(body).toBe(`the ${name}`)
  expect(headers['content-type']).toMatch(type)
  expect(headers['cache-control']).toBe('no-cache')
})

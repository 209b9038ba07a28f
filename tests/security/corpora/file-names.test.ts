import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { safeFileName } from '../../../src/ledgers/file-name.ts'
import { buildTestApp, type Json, type TestApp } from '../../api/build.ts'

const NAMES = [
  ...[
    '../../etc/passwd',
    '..\\..\\windows\\system32\\x.csv',
    '/etc/cron.d/x',
    'C:\\Users\\x\\预警.csv',
    '\\\\server\\share\\x.csv',
    'a/b/c.csv',
  ],
  ...[
    '..',
    '.',
    '...',
    './',
    '~',
    '~/.ssh/authorized_keys',
    '.htaccess',
    '-rf',
    '--help',
    'a.csv/',
    'a.csv/.',
    'a.csv\\',
  ],
  ...[
    '预警\0.csv',
    'x.csv\0.png',
    '预警\r\nContent-Type: text/html.csv',
    'a\nb.csv',
    'a\tb.csv',
    '\u0007.csv',
    'a\u0085b.csv',
    'a\u2028b.csv',
  ],
  ...[
    '预警\u202evsc.exe',
    '\u202dabc.csv',
    'a\u200bb.csv',
    '\uFEFFa.csv',
    '\u2066x\u2069.csv',
    'a\u00adb.csv',
    '\ud800.csv',
    'a\udfff.csv',
  ],
  ...[
    'a"b.csv',
    'a;b.csv',
    "a'b.csv",
    'a`id`.csv',
    '$(id).csv',
    'a|b.csv',
    'a&b.csv',
    '<script>alert(1)</script>.csv',
    'a%0d%0ab.csv',
    "a''b.csv",
  ],
  ...[
    '=1+1.csv',
    'file:///etc/passwd',
    'http://elsewhere.example/x.csv',
    'con',
    'nul.csv',
    'a.csv:stream',
    '*',
    '?',
    ' ',
    '\u3000',
    '',
    '预警'.repeat(150) + '.csv',
  ],
  ...[
    'x'.repeat(5000),
    '👩‍👩‍👧‍👦'.repeat(100) + '.csv',
    'e\u0301'.repeat(300) + '.csv',
    '%2e%2e%2fpasswd',
    '..%c0%af..%c0%afpasswd',
    '....//....//x.csv',
  ],
]

const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f/\\<>:"|?*`$;&%'=\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\u00ad\ufffd]|[\ud800-\udfff](?![\udc00-\udfff])/

function expectSafe(name: string): void {
  expect(name.replace(/[\ud800-\udbff][\udc00-\udfff]/g, 'x')).not.toMatch(UNSAFE)
  expect(name).not.toMatch(/^[.\s~-]|[.\s]$|^$/)
  expect(Array.from(name).length).toBeLessThanOrEqual(120)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
  expect(basename(name)).toBe(name)
  expect(safeFileName(name)).toBe(name)
}

it.each(NAMES)('%j becomes a plain name', (name) => {
  expectSafe(safeFileName(name))
})

it('whatever it contains', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => expectSafe(safeFileName(name))),
    { numRuns: 500 },
  )
})

it('a plain name stays as it is, and a long one keeps its ending', () => {
  for (const name of ['预警-2026年8月(第2次).csv', 'warnings 2026-08.csv', '张+李_预警.CSV', '导出[1].csv'])
    expect(safeFileName(name)).toBe(name)
  expect(safeFileName(`${'长'.repeat(300)}.csv`)).toBe(`${'长'.repeat(83)}.csv`)
})

it('names a file of its folder, short enough for every file system', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'duban-names-'))
  const names = new Set(NAMES.map((name) => safeFileName(name)))
  for (const name of names) await writeFile(join(dir, name), 'x')
  expect(new Set(await readdir(dir))).toEqual(names)
  await rm(dir, { recursive: true })
})

let api: TestApp
beforeAll(async () => {
  api = await buildTestApp()
})
afterAll(() => api.close())

it('an upload is stored under a plain name, and no header contains its own', async () => {
  for (const name of NAMES) {
    const quoted = name
      .toWellFormed()
      .replace(/[\r\n\0]/g, ' ')
      .replaceAll('"', '%22')
    const { status, body } = await api.upload<Json & { id: string; filename: string }>(
      '/v1/imports?dryRun=true',
      [{ field: 'file', filename: quoted || 'x', content: '预警编号\n' }],
    )
    // A name that ends its part's header early makes it a part without a file.
    expect([202, 422]).toContain(status)
    if (status !== 202) continue
    expectSafe(body.filename)
    const errors = await api.get(`/v1/imports/${body.id}/errors.csv`)
    expect(errors.headers['content-disposition']).toMatch(
      /^attachment; filename="errors\.csv"; filename\*=UTF-8''[\w%.-]+\.csv$/,
    )
    expect(errors.headers['x-content-type-options']).toBe('nosniff')
  }
})

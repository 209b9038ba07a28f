import { deflateRawSync, gzipSync, crc32 } from 'node:zlib'
import { Writable } from 'node:stream'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { makeKeyring } from '../../../src/services/vault/encryption.ts'
import { buildTestApp, type Json, type TestApp } from '../../api/build.ts'

let api: TestApp
beforeAll(async () => {
  api = await buildTestApp()
})
afterAll(() => api.close())

const MB = 1024 * 1024

/** A zip of one entry, as any archiver writes it. */
function zip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content)
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(packed.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed])
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0'),
    fields,
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

const LAUGHS = `<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol">${Array.from({ length: 9 }, (_v, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghij'[i]};`.repeat(10)}">`).join('')}]>
<lolz>&j;</lolz>`
const OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]><x>&secret;</x>'
const PARAMETER = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd">%p;]><x/>'

const FILES: [string, () => Buffer | string][] = [
  ['a broken .xlsx', () => zip('xl/workbook.xml', Buffer.from('<workbook/>'))],
  ['an .xlsx with entities in its sheet', () => zip('xl/worksheets/sheet1.xml', Buffer.from(LAUGHS))],
  ['a zip bomb of 100 MB', () => zip('bomb.csv', Buffer.alloc(100 * MB))],
  ['a zip bomb within a zip', () => zip('a.zip', zip('bomb.csv', Buffer.alloc(64 * MB)))],
  ['a zip with a path', () => zip('../../etc/cron.d/x', Buffer.from('x'))],
  ['an empty zip', () => Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)])],
  ['a part of a zip', () => Buffer.concat([Buffer.from('PK\x07\x08'), Buffer.alloc(18)])],
  [
    'a zip behind a few lines',
    () => Buffer.concat([Buffer.from('预警编号,姓名\n'), zip('bomb.csv', Buffer.alloc(MB))]),
  ],
  ['gzip', () => gzipSync(Buffer.alloc(64 * MB))],
  ['bzip2', () => Buffer.concat([Buffer.from('BZh91AY&SY'), Buffer.alloc(40)])],
  ['xz', () => Buffer.concat([Buffer.from('fd377a585a00', 'hex'), Buffer.alloc(40)])],
  ['zstd', () => Buffer.concat([Buffer.from('28b52ffd', 'hex'), Buffer.alloc(40)])],
  [
    'a tar',
    () =>
      Buffer.concat([Buffer.from('bomb.csv'), Buffer.alloc(249), Buffer.from('ustar'), Buffer.alloc(1000)]),
  ],
  ['a billion laughs', () => LAUGHS],
  ['an entity of a file', () => OUTSIDE],
  ['an entity of elsewhere', () => PARAMETER],
  ['XML in UTF-16', () => Buffer.from(`\uFEFF${LAUGHS}`, 'utf16le')],
  ['XML without a declaration', () => '<a><b/></a>'],
  ['SVG with a script', () => '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['a web page', () => '<html><body onload="x()"></body></html>'],
  ['an .xls', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)])],
  ['a PDF', () => '%PDF-1.7\n%âãÏÓ\n'],
  ['a program', () => Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(64)])],
  ['a script', () => '#!/bin/sh\nrm -rf /\n'],
]

it.each(['预警.docx', '预警.csv.exe', '预警.svg', 'csv'])(
  'a file named %j is refused for its name, whatever its contents',
  async (filename) => {
    const sheet = { field: 'file', filename, content: '预警编号,姓名\n' }
    const { status, body } = await api.upload<Json>('/v1/imports?dryRun=true', [sheet])
    expect(status).toBe(422)
    expect(body).toMatchObject({ errors: [{ pointer: '/body/file' }] })
  },
)

it.each(['预警.CSV', '六月.txt', 'a.b.csv', '预警.xlsx', '预警.XLS', '七月.tsv'])(
  'a file named %s is accepted',
  async (filename) => {
    const sheet = { field: 'file', filename, content: '预警编号,姓名\n' }
    expect((await api.upload('/v1/imports?dryRun=true', [sheet])).status).toBe(202)
  },
)

const log = pino({ level: 'silent' }, new Writable({ write: (_c, _e, done) => done() }))

it.each(FILES)('%s is refused for its kind within memory', async (_what, make) => {
  const content = make()
  const { body: taken } = await api.upload<Json & { id: string }>('/v1/imports?dryRun=true', [
    { field: 'file', filename: '预警.csv', content },
  ])
  const before = process.memoryUsage()
  const started = Date.now()
  const deps = { pool: api.pool, keys: makeKeyring(Buffer.alloc(32, 7)), log, wallNow: () => Date.now() }
  await validateUpload(deps, taken.id, () => undefined)
  expect(Date.now() - started).toBeLessThan(15_000)
  const { rss, arrayBuffers } = process.memoryUsage()
  expect(Math.max(rss - before.rss, arrayBuffers - before.arrayBuffers)).toBeLessThan(64 * MB)
  const { body } = await api.get<Json & { state: string; problem: { code: string; message: string } }>(
    `/v1/imports/${taken.id}`,
  )
  expect(body.state).toBe('refused')
  expect(body.problem.message).toMatch(/。$/)
  expect(body.problem.message).not.toMatch(/root:|lol|passwd/)
  const kept = await api.pool.query('select from import_chunks where import = $1', [taken.id])
  expect(kept.rowCount).toBe(0)
})

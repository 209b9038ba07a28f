import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { type ArchivedFile, zipStream } from '../../src/ledgers/zip-stream.ts'
import { ZipEntries } from '../../src/ledgers/zip-entries.ts'
import { unzip } from '../support/unzip.ts'

const AT = new Date('2022-06-06T01:00:00Z')
async function* made(files: readonly ArchivedFile[]): AsyncGenerator<ArchivedFile> {
  for (const file of files) yield file
}
const zipped = (files: readonly ArchivedFile[]) => buffer(zipStream(made(files), AT))

describe('an archive', () => {
  const files = [
    { name: '台账-预警核查.xlsx', bytes: randomBytes(300_000) },
    { name: '空.xlsx', bytes: Buffer.alloc(0) },
    { name: '封面.xlsx', bytes: Buffer.from('PK\u0003\u0004 is within') },
  ]

  it('holds its files, with Chinese names', async () => {
    expect([...unzip(await zipped(files))]).toEqual(files.map(({ name, bytes }) => [name, bytes]))
  })

  it('tells of each file as it begins, however it is cut', async () => {
    const archive = await zipped(files)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 40 }), (cuts) => {
        const seen: string[] = []
        const entries = new ZipEntries((name) => seen.push(name))
        let at = 0
        for (const cut of [...cuts, archive.length]) {
          entries.take(archive.subarray(at, at + cut))
          at += cut
        }
        expect(seen).toEqual(files.map(({ name }) => name))
      }),
      { numRuns: 60 },
    )
  })

  it('is made no faster than it is taken, and no further once nobody reads', async () => {
    let count = 0
    async function* endless(): AsyncGenerator<ArchivedFile> {
      for (;;) yield { name: `${++count}.bin`, bytes: randomBytes(200_000) }
    }
    const archive = zipStream(endless(), AT)
    await once(archive, 'readable')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(count).toBeLessThan(4)
    archive.destroy()
    const before = count
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(count).toBeLessThanOrEqual(before + 1)
  })

  it('breaks where a file cannot be made', async () => {
    async function* failing(): AsyncGenerator<ArchivedFile> {
      yield { name: 'a.bin', bytes: Buffer.from('a') }
      throw new Error('the database went away')
    }
    await expect(buffer(zipStream(failing(), AT))).rejects.toThrow('the database went away')
  })
})

import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { ZipEntries } from '../../ledgers/zip-entries.ts'
import { CliError } from './cli-error.ts'
import { serviceFor, type ServiceOptions } from './service-options.ts'
import { progressLine } from './progress-line.ts'

/** Writes the inspection pack of a campaign, and tells which of its files is coming. A file is there once it is whole. */
export async function writePack(
  id: string,
  file: string,
  { office, ...options }: ServiceOptions & { office?: string },
): Promise<void> {
  if (!/\.zip$/i.test(file)) throw new CliError(`文件名以 .zip 结尾,收到 ${file}。`)
  const service = await serviceFor(options)
  const answer = await service.stream(`/v1/campaigns/${encodeURIComponent(id)}/pack`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(office === undefined ? {} : { office }),
  })
  const all = answer.headers.get('duban-files') ?? '?'
  const line = progressLine(options.json ? null : process.stderr)
  let [files, bytes] = [0, 0]
  const entries = new ZipEntries((name) => line.say(`第 ${++files} 个文件,共 ${all} 个:${name}`))
  const watched = new Transform({
    transform(piece: Buffer, _encoding, done) {
      entries.take(piece)
      bytes += piece.length
      done(null, piece)
    },
  })
  await toFile(Readable.fromWeb(answer.body as ReadableStream), watched, file)
  line.clear()
  console.log(
    options.json ? JSON.stringify({ file, files, bytes }) : `已写入 ${file}:${files} 个文件,${bytes} 字节。`,
  )
}

async function toFile(from: Readable, watched: Transform, file: string): Promise<void> {
  const unfinished = `${file}.part`
  try {
    await pipeline(from, watched, createWriteStream(unfinished))
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw new CliError(`资料包没有传完(${(error as Error).message}),没有写入 ${file};请再来一次。`)
  }
}

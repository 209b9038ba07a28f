import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** One file of an archive. */
export type ArchivedFile = { name: string; bytes: Buffer }

/**
 * An archive, sent while its files are made: the next one is made once the last has been taken. Files are stored as they are (workbooks
 * are compressed already), with their size before them, so that whoever reads can tell how far it is (zip-entries.ts). It ends
 * broken where making a file fails, and no more is made once nobody reads.
 */
export function zipStream(files: AsyncIterable<ArchivedFile>, at: Date): Readable {
  const zip = new ZipFile()
  const out = new PassThrough()
  zip.outputStream.pipe(out)
  zip.on('error', (error: Error) => out.destroy(error))
  void fill(zip, out, files, at).catch((error: unknown) => out.destroy(error as Error))
  return out
}

async function fill(
  zip: ZipFile,
  out: PassThrough,
  files: AsyncIterable<ArchivedFile>,
  at: Date,
): Promise<void> {
  const gone = new AbortController()
  out.once('close', () => gone.abort())
  for await (const { name, bytes } of files) {
    if (out.destroyed) return
    zip.addBuffer(bytes, name, { compress: false, mtime: at })
    await untilTaken(zip.outputStream as Readable, out, gone.signal)
  }
  zip.end()
}

/** Waits until what was made is on its way; whoever went away is not waited for. */
async function untilTaken(made: Readable, out: PassThrough, gone: AbortSignal): Promise<void> {
  while (!gone.aborted && (made.readableLength > 0 || out.writableNeedDrain)) {
    if (out.writableNeedDrain) await once(out, 'drain', { signal: gone }).catch(() => undefined)
    else await new Promise((resolve) => setImmediate(resolve))
  }
}

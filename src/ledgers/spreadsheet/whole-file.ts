import type { Chunks } from '../decode.ts'
import { refused } from '../refusals.ts'
import { LIMITS } from './limits.ts'

/** A workbook has its directory at its end, so that all of it must be at hand. It is held once, outside the heap. */
export async function wholeFile(chunks: Chunks): Promise<ArrayBuffer> {
  const file = new ArrayBuffer(0, { maxByteLength: LIMITS.fileBytes })
  for await (const chunk of chunks()) {
    const at = file.byteLength
    if (at + chunk.length > LIMITS.fileBytes) throw refused('workbook-too-big')
    file.resize(at + chunk.length)
    new Uint8Array(file, at).set(chunk)
  }
  return file
}

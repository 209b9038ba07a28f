import { crc32, createInflateRaw } from 'node:zlib'
import { refused } from '../refusals.ts'
import { LIMITS } from './limits.ts'
import { isStored, packedBytes, type ZipEntry } from './zip.ts'

const PIECE_BYTES = 128 * 1024

/**
 * Inflates a part piece by piece. @throws FileRefused where it is damaged, and as soon as more comes out than its
 * zip declares
 */
export async function* inflated(zip: Buffer, entry: ZipEntry): AsyncGenerator<Buffer> {
  let size = 0
  let sum = 0
  try {
    for await (const piece of rawPieces(packedBytes(zip, entry), isStored(entry))) {
      if ((size += piece.length) > entry.size) throw refused('workbook-too-big')
      sum = crc32(piece, sum)
      yield piece
    }
  } catch (error) {
    throw isDamage(error) ? refused('workbook-damaged') : error
  }
  // A program that writes while it counts may leave the sum out.
  if (size !== entry.size || (entry.sum !== 0 && sum !== entry.sum)) throw refused('workbook-damaged')
}

async function* rawPieces(packed: Buffer, stored: boolean): AsyncGenerator<Buffer> {
  if (stored) {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) yield packed.subarray(at, at + PIECE_BYTES)
    return
  }
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES })
  inflate.end(packed)
  yield* inflate as AsyncIterable<Buffer>
}

/** A part as text, piece by piece. @throws FileRefused where it is no UTF-8 */
export async function* textOf(zip: Buffer, entry: ZipEntry): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of inflated(zip, entry)) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  } catch (error) {
    throw isDamage(error) ? refused('workbook-damaged') : error
  }
}

/** A small part as one text. @throws FileRefused for a large one */
export async function wholeText(zip: Buffer, entry: ZipEntry): Promise<string> {
  if (entry.size > LIMITS.smallPartBytes) throw refused('workbook-too-big')
  let text = ''
  for await (const piece of textOf(zip, entry)) text += piece
  return text
}

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^(Z_|ERR_ENCODING_INVALID)/.test(code)
}

import { HEAD_BYTES, refusalOf } from './file-kind.ts'
import { refused } from './refusals.ts'

export type Encoding = 'utf-8' | 'utf-8-bom' | 'gb18030'
/** Opens the file from its beginning, in pieces of any size; called once for each pass. */
export type Chunks = () => AsyncIterable<Buffer>

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * Decides the encoding by strict reading of the whole file, never by guessing: a BOM, else UTF-8, else GB18030.
 * @throws FileRefused for what is no text table at all
 */
export async function encodingOf(chunks: Chunks): Promise<Encoding> {
  const head = await checkBytes(chunks())
  if (await isEncodedAs(chunks(), 'utf-8')) return head.subarray(0, 3).equals(BOM) ? 'utf-8-bom' : 'utf-8'
  if (!head.subarray(0, 3).equals(BOM) && (await isEncodedAs(chunks(), 'gb18030'))) return 'gb18030'
  throw refused('undecodable')
}

/** The same file as UTF-8, which is what the CSV parser reads. */
export async function* asUtf8(chunks: Chunks, encoding: Encoding): AsyncGenerator<Buffer | string> {
  if (encoding !== 'gb18030') {
    yield* chunks()
    return
  }
  const decoder = new TextDecoder('gb18030', { fatal: true })
  for await (const chunk of chunks()) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
  }
}

/** Returns the first bytes, after checking that no byte of the file is NUL. */
async function checkBytes(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0)
  let nul = false
  for await (const chunk of chunks) {
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
    nul ||= chunk.includes(0)
    if (nul && head.length === HEAD_BYTES) break
  }
  const refusal = refusalOf(head)
  if (refusal) throw refusal
  if (nul) throw refused('nul-byte')
  if (head.length === 0) throw refused('empty-file')
  return head
}

async function isEncodedAs(chunks: AsyncIterable<Buffer>, label: string): Promise<boolean> {
  const decoder = new TextDecoder(label, { fatal: true })
  try {
    for await (const chunk of chunks) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return false
    throw error
  }
}

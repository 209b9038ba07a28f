import { HEAD_BYTES, markedUtf16Of, unmarkedUtf16Of } from './file-kind.ts'
import { refused } from './refusals.ts'

export type Encoding = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le' | 'utf-16be'
/** Opens the file from its beginning, in pieces of any size; called once for each pass. */
export type Chunks = () => AsyncIterable<Buffer>

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** The first bytes of a file. */
export async function headOf(chunks: Chunks): Promise<Buffer> {
  let head = Buffer.alloc(0)
  for await (const chunk of chunks()) {
    head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
    if (head.length === HEAD_BYTES) break
  }
  return head
}

/**
 * Decides the encoding by strict reading of the whole file, never by guessing: a BOM, else UTF-16 as its empty bytes show it,
 * else UTF-8, else GB18030.
 * @throws FileRefused for what is no text at all
 */
export async function encodingOf(chunks: Chunks): Promise<Encoding> {
  const head = await headOf(chunks)
  if (head.length === 0) throw refused('empty-file')
  const marked = markedUtf16Of(head)
  if (marked) return expectText(marked, await reading(chunks(), marked))
  const unmarked = unmarkedUtf16Of(head)
  if (unmarked && (await reading(chunks(), unmarked)) === 'text') return unmarked
  await refuseNul(chunks())
  const bom = head.subarray(0, 3).equals(BOM)
  if ((await reading(chunks(), 'utf-8')) !== 'broken') return bom ? 'utf-8-bom' : 'utf-8'
  if (!bom && (await reading(chunks(), 'gb18030')) !== 'broken') return 'gb18030'
  throw refused('undecodable')
}

function expectText(encoding: Encoding, found: Reading): Encoding {
  if (found === 'text') return encoding
  throw refused(found === 'nul' ? 'nul-byte' : 'undecodable')
}

/** The same file as UTF-8, which is what the CSV parser reads. */
export async function* asUtf8(chunks: Chunks, encoding: Encoding): AsyncGenerator<Buffer | string> {
  if (encoding === 'utf-8' || encoding === 'utf-8-bom') {
    yield* chunks()
    return
  }
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of chunks()) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
  }
}

async function refuseNul(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of chunks) if (chunk.includes(0)) throw refused('nul-byte')
}

type Reading = 'text' | 'nul' | 'broken'

async function reading(chunks: AsyncIterable<Buffer>, label: string): Promise<Reading> {
  const decoder = new TextDecoder(label, { fatal: true })
  try {
    for await (const chunk of chunks) if (decoder.decode(chunk, { stream: true }).includes('\0')) return 'nul'
    decoder.decode()
    return 'text'
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return 'broken'
    throw error
  }
}

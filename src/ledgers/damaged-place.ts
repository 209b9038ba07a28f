import { knownName, nameKey } from './column-names.ts'
import { records } from './csv-read.ts'
import { type Chunks, type Encoding, encodingOf } from './decode.ts'
import { FileRefused, refused } from './refusals.ts'

const LOST = '\ufffd'
/** More places are no damage but another kind of file. */
const MOST_PLACES = 20
const MOST_NAMED = 3
/** How far down a name of a column may stand. */
const NAMES_WITHIN = 30

type Place = { row: number; column: number; name: string | undefined }

/**
 * The encoding of a table. @throws FileRefused for what is no text; where a few bytes are damaged, it says in which rows
 * and columns they stand
 */
export async function encodingOfTable(chunks: Chunks): Promise<Encoding> {
  try {
    return await encodingOf(chunks)
  } catch (error) {
    if (!(error instanceof FileRefused) || error.code !== 'undecodable') throw error
    throw refused('undecodable', placeWords(await damagedPlaces(chunks)))
  }
}

function placeWords(places: readonly Place[]): string {
  const words = places
    .slice(0, MOST_NAMED)
    .map(({ row, column, name }) => `第 ${row} 行第 ${column} 列${name === undefined ? '' : `(${name})`}`)
  return places.length > MOST_NAMED ? `${words.join('、')} 等 ${places.length} 处` : words.join('、')
}

/** Where the bytes stand that the likelier encoding has no character for; empty where the file is none of both. */
async function damagedPlaces(chunks: Chunks): Promise<Place[]> {
  const found = [await placesIn(chunks, 'utf-8'), await placesIn(chunks, 'gb18030')]
  const [fewest = []] = found.sort((a, b) => a.length - b.length)
  return fewest.length > MOST_PLACES ? [] : fewest
}

async function placesIn(chunks: Chunks, label: 'utf-8' | 'gb18030'): Promise<Place[]> {
  const places: Place[] = []
  const names = new Map<number, string>()
  let row = 0
  const text = () => leniently(chunks, label)
  for await (const group of records(text, 'utf-8'))
    for (const cells of group) {
      row++
      for (const [i, cell] of cells.entries()) {
        if (cell.includes(LOST)) places.push({ row, column: i + 1, name: names.get(i) })
        if (places.length > MOST_PLACES) return places
        if (row <= NAMES_WITHIN && !names.has(i) && knownName(nameKey(cell))) names.set(i, cell.trim())
      }
    }
  return places
}

/** The file as UTF-8, with a mark for each byte that is none of its encoding. */
async function* leniently(chunks: Chunks, label: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(label)
  for await (const chunk of chunks()) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

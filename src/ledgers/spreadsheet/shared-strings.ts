import { PackedStrings } from './packed-strings.ts'
import { RichText } from './rich-text.ts'
import { XmlScanner } from './xml.ts'

/** Reads the table of strings that all sheets share. @throws FileRefused */
export async function readSharedStrings(pieces: AsyncIterable<string>): Promise<PackedStrings> {
  const strings = new PackedStrings()
  const item = new RichText()
  const scanner = new XmlScanner({
    open: (name) => (name === 'si' ? item.begin() : item.open(name)),
    close: (name) => (name === 'si' ? strings.add(item.text) : item.close(name)),
    text: (text) => item.add(text),
  })
  for await (const piece of pieces) scanner.push(piece)
  scanner.end()
  return strings
}

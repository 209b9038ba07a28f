import { posix } from 'node:path'
import { refused } from '../refusals.ts'
import { wholeText } from './inflate.ts'
import type { DateSystem } from './number-text.ts'
import { attribute, isTrue, scanXml } from './xml.ts'
import type { ZipEntry } from './zip.ts'

/** What a workbook is made of: the path of each part in its zip. */
export type Parts = {
  sheets: { name: string; hidden: boolean; path: string }[]
  strings: string | undefined
  styles: string | undefined
  system: DateSystem
}

type Zip = { bytes: Buffer; entries: Map<string, ZipEntry> }
type Relation = { id: string; type: string; path: string }

/** Reads which parts a workbook has. @throws FileRefused where it names none */
export async function readParts(zip: Zip): Promise<Parts> {
  const book = (await relationsOf(zip, '')).find(({ type }) => type === 'officedocument')?.path
  if (book === undefined) throw refused('workbook-damaged')
  const relations = await relationsOf(zip, book)
  const { sheets, system } = readBook(await textAt(zip, book))
  const pathOf = (type: string) => relations.find((relation) => relation.type === type)?.path
  return {
    sheets: sheets.flatMap(({ name, hidden, id }) => {
      const sheet = relations.find((relation) => relation.id === id && relation.type === 'worksheet')
      return sheet ? [{ name, hidden, path: sheet.path }] : []
    }),
    strings: pathOf('sharedstrings'),
    styles: pathOf('styles'),
    system,
  }
}

function readBook(xml: string) {
  const sheets: { name: string; hidden: boolean; id: string }[] = []
  let system: DateSystem = 1900
  const open = (name: string, attributes: string) => {
    if (name === 'workbookPr' && isTrue(attribute(attributes, 'date1904'))) system = 1904
    if (name !== 'sheet') return
    const hidden = (attribute(attributes, 'state') ?? 'visible') !== 'visible'
    sheets.push({ name: attribute(attributes, 'name') ?? '', hidden, id: attribute(attributes, ':id') ?? '' })
  }
  scanXml(xml, open)
  return { sheets, system: system as DateSystem }
}

/** What a part points to; the part without a name is the workbook as a whole. */
async function relationsOf(zip: Zip, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part) === '.' ? '' : posix.dirname(part)
  const xml = await textAt(zip, posix.join(folder, '_rels', `${posix.basename(part)}.rels`))
  const relations: Relation[] = []
  const open = (name: string, attributes: string) => {
    if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
    const target = (attribute(attributes, 'Target') ?? '').toLowerCase()
    relations.push({
      id: attribute(attributes, 'Id') ?? '',
      type: (attribute(attributes, 'Type') ?? '').toLowerCase().replace(/^.*\//, ''),
      path: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    })
  }
  scanXml(xml, open)
  return relations
}

async function textAt({ bytes, entries }: Zip, path: string): Promise<string> {
  const entry = entries.get(path.toLowerCase())
  if (entry === undefined) throw refused('workbook-damaged')
  return wholeText(bytes, entry)
}

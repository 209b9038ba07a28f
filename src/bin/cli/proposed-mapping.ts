import { type Field, NEEDED } from '../../ledgers/columns.ts'
import { countsRows } from './asked-columns.ts'
import type { Asked, AskedWord } from './mapping-asked.ts'
import { fieldLabel, mappingOptions, type SaidMapping } from './said-mapping.ts'
import { WORDS_PRINTED } from './word-lines.ts'

/** What would be said if everything likely is right; … where nobody but the reader knows. */
export function proposedMapping({ sheets, columns, missing, mayLack, words: all }: Asked): SaidMapping {
  const needing = all.filter((word) => word.blocks)
  const words = needing.length > 0 ? needing : all
  const likely = columns.filter(({ confidence }) => confidence === 'likely')
  const unused = columns.filter((column) => column.confidence === 'none' && !countsRows(column))
  const needed = missing.filter((field) => NEEDED.includes(field as Field))
  const lacking = unused.length === 0 ? missing.filter((field) => mayLack.includes(field)) : []
  const only = unused.length === 1 && needed.length === 1 ? unused[0]?.name : undefined
  return {
    ...(sheets.length > 0 && { sheet: '…' }),
    ...(lacking.length > 0 && { without: lacking.map(fieldLabel) }),
    columns: Object.fromEntries([
      ...likely.map((column) => [column.name, column.field && fieldLabel(column.field)] as const),
      ...needed.map((field, i) => [only ?? `列名${i + 1}`, fieldLabel(field)] as const),
    ]),
    words: words.slice(0, WORDS_PRINTED).reduce<SaidMapping['words']>((said, { field, word }) => {
      return { ...said, [fieldLabel(field)]: { ...said[fieldLabel(field)], [word]: '…' } }
    }, {}),
  }
}

/** The options that explain these words, … in the place of each meaning. */
export function optionsForWords(words: readonly AskedWord[]): string {
  const none = { sheets: [], columns: [], missing: [], mayLack: [], choices: {} }
  return mappingOptions(proposedMapping({ ...none, words: [...words] }))
}

import { type Asked, type AskedWord, choiceWords } from './mapping-asked.ts'
import { fieldLabel } from './said-mapping.ts'

/** How many words are shown at most. */
export const WORDS_PRINTED = 20

/** Words of one field together, with what may be chosen for them. */
export function linesOfWords(words: readonly AskedWord[], choices: Asked['choices']): string[] {
  const fields = [...new Set(words.map(({ field }) => field))]
  return fields.flatMap((field) => [
    ...words.filter((word) => word.field === field).map((word) => `  ${wordOf(word)}`),
    ...choiceLine(field, choices[field]),
  ])
}

function choiceLine(field: string, choices: Asked['choices'][string]): string[] {
  if (!choices || choices.length === 0) return []
  const of = field === 'town' ? '本县的乡镇' : fieldLabel(field)
  return [`    ${of}可以选:${choices.map(choiceWords).join('、')}`]
}

/** `等级“高风险”(12 行)` */
export function wordOf({ field, word, rows, formerly }: AskedWord): string {
  const gone = formerly === undefined ? '' : `,以前说明过的单位(${formerly})已经没有了`
  return `${fieldLabel(field)}“${word}”(${rows} 行)${gone}`
}

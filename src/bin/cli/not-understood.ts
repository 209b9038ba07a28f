import { isNeededWord, meaningsOf, type WordField } from '../../ledgers/word-meanings.ts'
import type { CommandLine } from './called-as.ts'
import { claimOptions } from './claim-options.ts'
import type { AskedWord, MappedOutcome } from './mapping-asked.ts'
import { optionsForWords } from './proposed-mapping.ts'
import { quoted } from './said-mapping.ts'
import { linesOfWords, wordOf, WORDS_PRINTED } from './word-lines.ts'

const SKIPPED_PRINTED = 5

/** What was passed over, and words that kept rows out, with the command that lets them in. */
export function notUnderstoodWords(
  done: MappedOutcome,
  file: string | undefined,
  command: CommandLine,
): string[] {
  const needed = done.unknownWords.filter(({ field }) => isNeededWord(field))
  const optional = done.unknownWords.filter((word) => !needed.includes(word))
  return [
    ...skippedLine(done),
    ...(needed.length === 0 ? [] : refusedLines(done, needed, file, command)),
    ...(done.state === 'undone' ? [] : optionalLines(done, optional, command)),
  ]
}

/** The same in short, for whoever is asked next whether to register: which words, and the line that explains them before. */
export function notUnderstoodLines(done: MappedOutcome, command: CommandLine): string[] {
  const words = done.unknownWords.slice(0, WORDS_PRINTED)
  const options = optionsForWords(words)
  const named = words.map(({ word }) => `“${word}”`).join('')
  return [
    ...skippedLine(done),
    ...(words.length === 0
      ? []
      : [
          `${named}只是叫法不同的,可以先说明(… 换成意思);写错的、外县的不要:${command(`import --continue ${done.id} ${options}`)}`,
        ]),
  ]
}

/** Words that left a cell empty, each field with what may be chosen, and the line that explains them while that is possible. */
function optionalLines(
  { id, state }: MappedOutcome,
  words: readonly AskedWord[],
  command: CommandLine,
): string[] {
  if (words.length === 0) return []
  const shown = words.slice(0, WORDS_PRINTED)
  const fields = [...new Set(shown.map(({ field }) => field as WordField))]
  const choices = Object.fromEntries(
    fields.map((field) => [field, [...meaningsOf(field, [])].map(([code, name]) => ({ code, name }))]),
  )
  const options = optionsForWords(shown)
  return [
    '没有认出来的词,这一项空着登记,原来的写法在备注里:',
    ...linesOfWords(shown, choices),
    ...(state === 'validated'
      ? [
          `  只是叫法不同的,可以先说明再登记(把 … 换成它的意思):${command(`import --continue ${id} ${options}`)}`,
        ]
      : []),
  ]
}

function skippedLine({ skipped }: MappedOutcome): string[] {
  if (skipped.length === 0) return []
  const first = skipped.slice(0, SKIPPED_PRINTED).map(({ row, what }) => `第 ${row} 行 ${what}`)
  return [`跳过不是预警的行:${first.join('、')}${skipped.length > SKIPPED_PRINTED ? ' ……' : ''}`]
}

function refusedLines(
  done: MappedOutcome,
  words: readonly AskedWord[],
  file: string | undefined,
  command: CommandLine,
): string[] {
  const shown = words.slice(0, SKIPPED_PRINTED)
  const options = optionsForWords(shown)
  const { id, state, silent, sheet } = done
  const checked = state === 'validated'
  const again = [
    quoted(file ?? '文件'),
    ...(sheet === null ? [] : [`--sheet ${quoted(sheet)}`]),
    ...claimOptions(done),
    ...(silent ? ['--silent'] : []),
  ].join(' ')
  const how = checked ? '说明后重新检查' : '说明一次再导入这个文件,已登记的不会重复'
  return [
    `有的行因为不认识的词没有登记:${shown.map(wordOf).join('、')}${words.length > shown.length ? ' ……' : ''}`,
    `只是叫法不同的,${how}(把 … 换成它的意思);本来就写错的或外县的不要说明,改正或退回平台:${command(`import ${checked ? `--continue ${id}` : again} ${options}`)}`,
  ]
}

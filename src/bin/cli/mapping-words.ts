import { type Field, NEEDED } from '../../ledgers/columns.ts'
import { isNeededWord, meaningsOf, type WordField } from '../../ledgers/word-meanings.ts'
import { type Asked, type AskedWord, choiceWords, type MappedOutcome } from './mapping-asked.ts'
import { columnLines, columnsFor, countsRows } from './asked-columns.ts'
import { claimOptions } from './claim-options.ts'
import { recognisedLines } from './recognised-lines.ts'
import { fieldLabel, mappingOptions, quoted, type SaidMapping } from './said-mapping.ts'

/** A command as this user can type it. */
type Command = (args: string) => string
const WORDS_PRINTED = 20
const SKIPPED_PRINTED = 5

/** What an import asks, for whoever cannot be asked on a terminal, with the line that goes on. */
export function askedWords(done: MappedOutcome, command: Command, file?: string): string {
  const { id, mapping } = done
  if (!mapping) return ''
  const options = mappingOptions(proposal(mapping))
  return [
    `导入停下了,要先说明。文件已收下(编号 ${id}),什么都还没有登记。`,
    goesOnAs(done),
    ...recognisedLines(done),
    ...sheetLines(mapping),
    ...columnLines(mapping),
    ...lackLines(mapping),
    ...wordLines(mapping),
    `说明后继续${toReplace(options, mapping)}:`,
    `  ${command(`import --continue ${id} ${options}`)}`,
    ...allSheetsLine(done, mapping, command, file),
    ...(mapping.words.every((word) => !word.blocks)
      ? []
      : [`不说明、直接拒绝这些行:${command(`import --continue ${id} --refuse-unknown`)}`]),
  ].join('\n')
}

/** What of the line that goes on the reader must put something else for; nothing where it is whole. */
function toReplace(options: string, { sheets }: Asked): string {
  const places = [
    ...(/列名\d/.test(options) ? ['“列名1”换成文件里的列名'] : []),
    ...(sheets.length > 0 ? ['--sheet 后面的“…”换成一张表的名称'] : []),
    ...(/=…/.test(options) ? ['“=…”的“…”换成词的意思'] : []),
  ]
  return places.length === 0 ? '' : `(${places.join(',')})`
}

/** What the line that goes on will do: the mode was said with the upload. */
export function goesOnAs({ kind, dryRun, silent }: MappedOutcome): string {
  if (kind === 'withdrawals') return '说明以后只检查,列出建议撤销的事项;确认了才撤销。'
  if (dryRun) return '说明以后只检查,不登记;检查完会给出登记的命令。'
  return silent ? '说明以后就登记,按历史数据:已逾期的不发通知。' : '说明以后就登记,并照常发通知。'
}

function sheetLines({ sheets }: Asked): string[] {
  return sheets.length === 0
    ? []
    : [
        `工作簿里有几张表,一次导入一张,其余的以后再导入:${sheets.map(({ name, rows }) => `${name}(${rows} 行)`).join('、')}`,
      ]
}

/** All sheets of a workbook in one go. */
function allSheetsLine(done: MappedOutcome, { sheets }: Asked, command: Command, file?: string): string[] {
  if (sheets.length === 0 || file === undefined) return []
  const options = [
    ...sheets.map(({ name }) => `--sheet ${quoted(name)}`),
    ...claimOptions(done),
    ...(done.dryRun ? ['--dry-run'] : []),
    ...(done.silent ? ['--silent'] : []),
  ]
  return ['几张都要的,一次导入:', `  ${command(`import ${quoted(file)} ${options.join(' ')}`)}`]
}

/** Where nothing is left to be mapped, that is an answer too. */
function lackLines({ missing: all, mayLack, columns }: Asked): string[] {
  const unused = columns.filter(({ confidence }) => confidence === 'none')
  const missing = all.filter((field) => columnsFor(field, unused).length < 2)
  const lacking = missing.filter((field) => mayLack.includes(field)).map(fieldLabel)
  if (lacking.length === 0) return []
  const households = missing.includes('idNo') && mayLack.includes('idNo')
  return [
    `文件里确实没有这些列的,继续时写明没有,就照没有登记:${lacking.map((name) => `--without ${name}`).join(' ')}`,
    ...(households ? ['(没有身份证号的户按姓名和住址登记,逐户备注,核查时补号码。)'] : []),
  ]
}

/** Words that keep rows out before those that only leave a cell empty, each field with what may be chosen. */
function wordLines({ words, choices }: Asked): string[] {
  const shown = words.slice(0, WORDS_PRINTED)
  const more = words.length > shown.length ? [`  …… 共 ${words.length} 个`] : []
  const of = (blocks: boolean) =>
    linesOfWords(
      shown.filter((word) => word.blocks === blocks),
      choices,
    )
  const [needed, optional] = [of(true), of(false)]
  return [
    ...(needed.length === 0
      ? []
      : ['必须说明的词(不说明,这些行登记不了;签发时间读不出的行不算在内):', ...needed]),
    ...(optional.length === 0 ? [] : ['可以不说明的词(照样登记,这一项留空并备注):', ...optional]),
    ...more,
  ]
}

function linesOfWords(words: readonly AskedWord[], choices: Asked['choices']): string[] {
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

function wordOf({ field, word, rows, formerly }: AskedWord): string {
  const gone = formerly === undefined ? '' : `,以前说明过的单位(${formerly})已经没有了`
  return `${fieldLabel(field)}“${word}”(${rows} 行)${gone}`
}

/** What would be said if everything likely is right; … where nobody but the reader knows. */
function proposal({ sheets, columns, missing, mayLack, words: all }: Asked): SaidMapping {
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

/** What was passed over, and words that kept rows out, with the command that lets them in. */
export function notUnderstoodWords(
  done: MappedOutcome,
  file: string | undefined,
  command: Command,
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
export function notUnderstoodLines(done: MappedOutcome, command: Command): string[] {
  const words = done.unknownWords.slice(0, WORDS_PRINTED)
  const options = mappingOptions(
    proposal({ sheets: [], columns: [], missing: [], mayLack: [], words, choices: {} }),
  )
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
  command: Command,
): string[] {
  if (words.length === 0) return []
  const shown = words.slice(0, WORDS_PRINTED)
  const fields = [...new Set(shown.map(({ field }) => field as WordField))]
  const choices = Object.fromEntries(
    fields.map((field) => [field, [...meaningsOf(field, [])].map(([code, name]) => ({ code, name }))]),
  )
  const options = mappingOptions(
    proposal({ sheets: [], columns: [], missing: [], mayLack: [], words: shown, choices: {} }),
  )
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
  command: Command,
): string[] {
  const shown = words.slice(0, SKIPPED_PRINTED)
  const options = mappingOptions(
    proposal({ sheets: [], columns: [], missing: [], mayLack: [], words: shown, choices: {} }),
  )
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

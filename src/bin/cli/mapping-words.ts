import type { CommandLine } from './called-as.ts'
import type { Asked, MappedOutcome } from './mapping-asked.ts'
import { columnLines, columnsFor } from './asked-columns.ts'
import { claimOptions } from './claim-options.ts'
import { proposedMapping } from './proposed-mapping.ts'
import { recognisedLines } from './recognised-lines.ts'
import { fieldLabel, mappingOptions, quoted } from './said-mapping.ts'
import { linesOfWords, WORDS_PRINTED } from './word-lines.ts'

/** What an import asks, for whoever cannot be asked on a terminal, with the line that goes on. */
export function askedWords(done: MappedOutcome, command: CommandLine, file?: string): string {
  const { id, mapping } = done
  if (!mapping) return ''
  const options = mappingOptions(proposedMapping(mapping))
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
function allSheetsLine(
  done: MappedOutcome,
  { sheets }: Asked,
  command: CommandLine,
  file?: string,
): string[] {
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

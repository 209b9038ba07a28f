import { foundWords } from '../../ledgers/mendable-csv.ts'
import { REMARK } from '../../ledgers/remark.ts'
import { quoted } from './said-mapping.ts'
import type { ImportOutcome, ImportSetting, ShownError } from './import-outcome.ts'

/** As many groups as fit a screen. */
const GROUPS_PRINTED = 12
/** As many as fit a screen; the rest are in the list. */
const ERRORS_PRINTED = 10
/** A sentence of more characters than this is told once. */
const LONG = 32
/** What is shown masked looks like what was lost. */
const MASKED = '“ ”里的 * 是显示时遮盖的,原文件里多半不是 *。'
export const OPEN_SAFELY =
  '改的时候不要双击打开(身份证号的末几位会变成 000):在 Excel 或 WPS 的空白表里点“数据 → 导入数据”选它,身份证号和预警编号两列选“文本”。'

/** Which rows were not registered, why, and where they stand to be mended. */
export function leftOut(done: ImportOutcome, setting: ImportSetting): string[] {
  const { kind, errors, errorGroups, refused } = done
  const problems = errors.filter((e) => e.rule !== 'duplicate' && e.rule !== REMARK && !isInLedger(e))
  if (refused === 0 || problems.length === 0) return nothingToMend(setting, done)
  const printed = problems
    .slice(0, ERRORS_PRINTED)
    .map((e, i) => `  第 ${e.row} 行 ${numberWords(e)}${problemWords(e, problems.slice(0, i))}`)
  const more = problems.length > ERRORS_PRINTED ? ['  ……'] : []
  const groups = errorGroups.filter((g) => g.rule !== REMARK && !isInLedger(g)).slice(0, GROUPS_PRINTED)
  // Where each row is told, whoever is asked next need not read the kinds before.
  const kinds = setting.asks && more.length === 0 ? [] : [...groups.map(groupWords), '逐行:']
  const title = setting.asks && kinds.length === 0 ? '不能登记' : '没有登记的行'
  return [
    `${kind === 'withdrawals' ? '不能撤销的行' : title}${problemCount(groups, refused)}:`,
    ...kinds,
    ...printed,
    ...more,
    ...(!setting.again && problems.some(isMasked) ? [MASKED] : []),
    ...(setting.asks ? [] : mendWords(setting, done)),
  ]
}

/** A row may have several problems, and counts with each. */
function problemCount(groups: readonly { rows: number }[], refused: number): string {
  const problems = groups.reduce((sum, { rows }) => sum + rows, 0)
  return problems > refused ? `(${refused} 行,${problems} 处问题;一行有几处的,每处都算)` : ''
}

/** The warning's number, by which somebody looks the row up; not where that is what is wrong. */
function numberWords({ externalId = null, found }: ShownError): string {
  return externalId === null || externalId === found ? '' : `${externalId} `
}

/** Whether a value is shown with marks that the file has not: the rule about lost characters shows those of the file. */
function isMasked({ found, rule }: ShownError): boolean {
  return rule !== LOST && (found?.includes('*') ?? false)
}

const LOST = 'lost-character'

/** What is wrong with a row. A long sentence that a row before has is not told again. */
function problemWords(error: ShownError, before: readonly ShownError[]): string {
  const { column, found } = error
  const told = toldOnce(error, before)
  return column === '' ? told : `${column}${foundWords(found)}:${told}`
}

/** Of lost characters each row has its own, and the advice is told once. */
function toldOnce({ message, rule }: ShownError, before: readonly ShownError[]): string {
  if (message.length <= LONG) return message
  const first = before.find((e) => e.message === message)
  if (first !== undefined) return `同第 ${first.row} 行`
  const lost = rule === LOST ? before.find((e) => e.rule === LOST) : undefined
  return lost === undefined ? message : `${message.slice(0, message.indexOf('。'))},办法同第 ${lost.row} 行`
}

/** What kept most rows out, or comes at a later place of that list; null where nothing does. */
export function mainReason({ errorGroups }: Pick<ImportOutcome, 'errorGroups'>, place = 0): string | null {
  const most = errorGroups
    .filter((group) => group.rule !== REMARK && group.rule !== 'duplicate' && !isInLedger(group))
    .sort((a, b) => b.rows - a.rows)[place]
  return most === undefined ? null : reasonOf(most)
}

/** `姓名为空 12 行`: the sentence up to where it says more. */
function groupWords(group: ImportOutcome['errorGroups'][number]): string {
  return `  ${reasonOf(group)} ${group.rows} 行`
}

function reasonOf({ column, message }: ImportOutcome['errorGroups'][number]): string {
  const [sentence = ''] = message.split(/[。;:(]/)
  const what = sentence.replace(/^第 [\d、]+ 个字/, '有的字')
  return `${what.includes(column) ? '' : `${column}:`}${what}`
}

/** A number that the ledger has with other content is no row to mend. */
export function isInLedger({ rule }: { rule: string }): boolean {
  return rule === 'changed'
}

/** How many rows are another county's: they go back to the platform, and nobody mends them. */
export function returnedRows({ errorGroups }: Pick<ImportOutcome, 'errorGroups'>): number {
  return errorGroups.reduce((sum, { message, rows }) => sum + (message.includes(RETURNED) ? rows : 0), 0)
}

const RETURNED = '请把这条预警退回平台'

/** Where the rows stand to be mended, or how to get them. */
export function mendWords(
  { written, errorsFile, mendable = true, brief = false, command }: ImportSetting,
  { id, kind, silent, errorGroups }: Pick<ImportOutcome, 'id' | 'kind' | 'silent' | 'errorGroups'>,
): string[] {
  const returned = returnedRows({ errorGroups })
  const some = returned === 0 ? '' : `(其中 ${returned} 行请退回平台,不用改)`
  if (written === undefined || written === null || errorsFile === undefined) {
    const line = command(`import --continue ${id} --errors ${kind === 'withdrawals' ? '问题' : '退回行'}.csv`)
    return [
      kind === 'withdrawals'
        ? `请按行号改原来的文件,再导入。把这些问题写成 CSV 对照:${line}`
        : `把这些行连同问题写成 CSV${some},改好后再导入:${line}`,
    ]
  }
  if (!mendable)
    return [
      `已把 ${written} 条问题(连同重复的)写入 ${errorsFile}。这张表只有行号和说明,不能导入:请按行号改原来的文件,再导入。`,
    ]
  return [
    `已把 ${written} 行连同问题写入 ${errorsFile}${some};改好后可以直接再导入,已登记的不会重复。`,
    ...(brief ? [] : [OPEN_SAFELY]),
    `改好后:${command(`import ${quoted(errorsFile)}${silent ? ' --silent' : ''}`)}`,
  ]
}

/** Of a file that was asked for though no row is to be mended. */
function nothingToMend({ written, errorsFile }: ImportSetting, done: ImportOutcome): string[] {
  if (written === undefined || written === null || errorsFile === undefined) return []
  return [
    written === 0
      ? `没有要改的行:${errorsFile} 里只有表头。`
      : `没有要改的行:${errorsFile} 里的 ${written} 条是${unmended(done).join('、')}。`,
  ]
}

/** What a list holds that is nothing to mend. */
function unmended({ duplicates, changed, remarked }: ImportOutcome): string[] {
  return [
    ...(duplicates > 0 ? ['重复的'] : []),
    ...(changed > 0 ? ['内容有变的'] : []),
    ...(remarked > 0 ? ['备注'] : []),
  ]
}

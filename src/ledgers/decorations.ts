import { knownName, knownNames, nameKey } from './column-names.ts'
import type { Layout } from './columns.ts'
import { compact } from './normalise.ts'

/** A row that is no warning, and what it is: 合计, 备注, 表头. */
export type SkippedRow = { row: number; what: string }

/** Says what a row below the head is that is no warning; null for a row of data. */
export type DecorationFinder = (record: readonly string[]) => string | null

const TOTAL = /^(?:本[页表月周]|全[县镇]|以上)?(?:合计|总计|小计|共计|累计|汇总)[:,]?/
const TOTAL_ALONE = /^(?:本[页表月周]|全[县镇]|以上)?(?:合计|总计|小计|共计)[:,]?$/
const SIGNERS =
  '领导|局长|镇长|站长|制表|填表|填报|审核|复核|审批|审定|校对|经办|承办|负责|主管|分管|统计|录入|报送|联系|签发|核对|打印|导出'

/** What the first filled cell of such a row says; blanks are left out, marks are half-width. */
const BY_FIRST_CELL: readonly (readonly [RegExp, string])[] = [
  [TOTAL, '合计'],
  [/^[\p{Script=Han}()]{1,12}(?:合计|小计|总计|共计)[:,]?$/u, '合计'],
  [/^共\d+[条户人行件个]/, '合计'],
  [/^(?:备注|附注|注|说明|备注说明|填[表报]说明|注意|注意事项|提示|温馨提示|声明)\d*(?:[:.、]|$)/, '备注'],
  [/^[※★]/, '备注'],
  [
    /^(?:填[报表]|制表|打印|导出|统计|报送|截[止至]|数据|报表|生成|下载)?(?:日期|时间)(?:[:]|$|(?=\d{4}))/,
    '日期',
  ],
  [/^(?:填报|报送|统计|制表|编制)?单位(?:名称)?:/, '单位'],
  [
    new RegExp(
      `^(?:单位|部门)?(?:${SIGNERS})(?:人员?|者|员|单位|部门|领导|电话)?(?:\\(?[签盖][字名章]\\)?)?(?::|$)`,
    ),
    '签名',
  ],
  [/^(?:\(?(?:单位|部门)?\)?\(?(?:签字|签名|签章|盖章|公章)\)?)(?:[:]|$)/, '签名'],
  [/^(?:第\d+页|共\d+页|Page\d+)/i, '页码'],
  [/^(?:示例|样例|例如|例:|填写示例|填写要求|格式要求)/, '填写说明'],
  [/^[-—*=.…]*(?:以下空白|以下无(?:内容|正文)|[本此]页无正文|END)[-—*=.…]*$/i, '结束标记'],
]

/** A row that shows how to fill in the others has this for its number. */
const EXAMPLE = /^[([【]?(?:填写)?(?:示例|样例|范例|例如?)(?:[)\]】:]|$)/

/** What a row says whose only filled cell this is. */
const BY_ONLY_CELL: readonly (readonly [RegExp, string])[] = [
  [/^(?:19|20)\d{2}(?:年\d{1,2}月(?:\d{1,2}日)?|[-/.]\d{1,2}[-/.]\d{1,2})$/, '日期'],
  [/^(?:-+\d{1,4}-+|\d{1,4}\/\d{1,4}|\d{1,4}页)$/, '页码'],
  [/^[-—=_*.…·~]+$/, '分隔线'],
  [/^\(?[一二三四五六七八九十]+[)、.]/, '分组标题'],
  // Part of a number or a code may be a row whose other cells were lost.
  [/^(?!.*\d{4})(?=.*\p{Script=Han}).{2,}/u, '说明文字'],
]

/** A part of a row whose other cells were lost. */
const CODE_ALONE = /^[0-9A-Za-z]+$/
const HINT = /^\(?(?:必填|选填|必录|可不填|文本|日期|数字|数值|字符|格式|下拉)/

/**
 * Knows the rows below a head that are no warnings: sums, remarks, signatures, dates, page numbers, the head again.
 * A row with a warning's number and a name is always one.
 * @param above the rows of the head and what stands above it, which may come again on each page
 */
export function decorationFinder(
  { at, width }: Layout,
  above: readonly (readonly string[])[],
): DecorationFinder {
  const repeated = new Set(above.map(lineKey))
  let cutOff = false
  return (record) => {
    const ordinary = isOrdinary(record[at.externalId] ?? '') && isOrdinaryName(record[at.name] ?? '')
    const what = ordinary ? null : decorationOf(record)
    // After a row that is cut off, a lone text is more likely its rest than a remark.
    const kept = what === '说明文字' && cutOff ? null : what
    cutOff = record.length < width
    return kept
  }

  function decorationOf(record: readonly string[]): string | null {
    const cells = record.map((cell) => compact(cell).replace(/^[*#]+(?=.)/, ''))
    const filled = cells.filter((cell) => cell !== '')
    if (filled.length === 1 && CODE_ALONE.test(filled[0] ?? '')) return null
    if (isColumnNumbers(filled)) return '栏次'
    if (isCodeNames(filled)) return '表头'
    if (EXAMPLE.test(cells[at.externalId] ?? '')) return '填写说明'
    if (/^\d{17}[\dXx]$/.test(cells[at.idNo] ?? '')) return null
    const number = cells[at.externalId] ?? ''
    if (isHeadAgain(record, number, cells[at.name] ?? '')) return '表头'
    if (TOTAL_ALONE.test(filled[0] ?? '') && (cells[at.name] ?? '') === '') return '合计'
    // What has a number is a warning, unless the number is one of these words itself.
    if (filled.length > 1 && number !== '' && byFirstCell(number) === undefined && !HINT.test(number))
      return null
    if (filled.some((cell) => TOTAL_ALONE.test(cell))) return '合计'
    const [first = ''] = filled
    const what = byFirstCell(first)
    if (what !== undefined) return what
    if (filled.filter((cell) => HINT.test(cell)).length > 1) return '填写说明'
    return filled.length === 1 ? (BY_ONLY_CELL.find(([pattern]) => pattern.test(first))?.[1] ?? null) : null
  }

  function isHeadAgain(record: readonly string[], number: string, name: string): boolean {
    if (repeated.has(lineKey(record))) return true
    if (!knownName(nameKey(number)) || !knownName(nameKey(name))) return false
    return knownNames(record) >= 3
  }
}

/** Whether a row is a sum, a remark or a signature by its first words alone, whatever its columns are. */
export function isClosingRow(record: readonly string[]): boolean {
  const filled = record.map((cell) => compact(cell)).filter((cell) => cell !== '')
  const [first = ''] = filled
  const alone = filled.length === 1 && BY_ONLY_CELL.some(([pattern]) => pattern.test(first))
  return filled.length === 0 || alone || byFirstCell(first) !== undefined
}

function byFirstCell(cell: string): string | undefined {
  return BY_FIRST_CELL.find(([pattern]) => pattern.test(cell))?.[1]
}

/** A number that begins like most, so that nothing else need be looked at. */
function isOrdinary(cell: string): boolean {
  const code = cell.charCodeAt(0)
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x7a)
}

function isOrdinaryName(cell: string): boolean {
  return cell.charCodeAt(0) >= 0x2e80 && cell.trim() !== ''
}

/** 1, 2, 3 … or A, B, C … below each name. */
function isColumnNumbers(cells: readonly string[]): boolean {
  if (cells.length < 4) return false
  const plain = cells.map((cell) => cell.replace(/^[([栏]+|[)\]栏]+$/g, ''))
  return ['1', 'A', '甲'].some((first) => plain[0] === first) && plain.every(isNext)

  function isNext(cell: string, i: number): boolean {
    return (
      cell === String(i + 1) || cell === String.fromCharCode(65 + i) || cell === '甲乙丙丁戊己庚辛壬癸'[i]
    )
  }
}

/** The names that a program gives the columns: WARN_ID, LEVEL. A warning has Chinese words. */
function isCodeNames(cells: readonly string[]): boolean {
  return cells.length >= 4 && cells.every((cell) => /^[A-Za-z][A-Za-z_.]*\d?$/.test(cell))
}

function lineKey(record: readonly string[]): string {
  return record.map(nameKey).join('\n').trimEnd()
}

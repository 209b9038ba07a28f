import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml'
import { type DayPlan, type DaySpan, lengthOf, LONGEST_SPAN } from './calendar-change.ts'
import { type Day, isDay } from './days.ts'

/** Thrown when a notice cannot be read: the sentence names line and field, and what is accepted. */
export class NoticeRefused extends Error {
  constructor(
    readonly line: number | null,
    words: string,
  ) {
    super(line === null ? words : `第 ${line} 行:${words}`)
    this.name = 'NoticeRefused'
  }
}

const TOO_LONG = `超过 ${LONGEST_SPAN} 天,请分成几段写`

const PLANS: Readonly<Record<string, DayPlan>> = {
  ...{ 放假: 'off', 上班: 'work', 恢复: 'reset', 恢复原安排: 'reset' },
  ...{ off: 'off', work: 'work', reset: 'reset' },
}

/**
 * Reads the days of a notice in the form it came in: lines of day, plan and name (`2027-02-05~2027-02-11,放假,春节`), YAML or JSON with
 * the same fields, or the text of the State Council's notice itself.
 * @param year the year of a notice in words, which names no year with its days
 * @throws NoticeRefused
 */
export function readNotice(text: string, year: number | null): DaySpan[] {
  const plain = text.replace(/^\uFEFF/, '')
  const spans = /\d{1,2}月\d{1,2}日/.test(plain)
    ? readWords(plain, yearOf(plain, year))
    : /^\s*(?:[-[{]|days\s*:)/m.test(plain)
      ? readList(plain)
      : readLines(plain)
  if (spans.length === 0) throw new NoticeRefused(null, '里面没有一天。')
  return spans
}

function readLines(text: string): DaySpan[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return []
    const [days = '', plan = '', name = ''] = line.split(/[,,]/).map((cell) => cell.trim())
    const [from = '', to = from] = days.split(/[~~]|至/).map((day) => day.trim())
    return [spanOf({ from, to, plan, name }, i + 1)]
  })
}

function readList(text: string): DaySpan[] {
  const { content, lineOf } = parseOrRefuse(text)
  const list: unknown = Array.isArray(content) ? content : (content as { days?: unknown } | null)?.days
  if (!Array.isArray(list))
    throw new NoticeRefused(null, '要写成一个列表,每项有 day(或 from、to)、plan 和 name。')
  return list.map((entry: unknown, i) => {
    const { day, from = day, to = from, plan, name } = (entry ?? {}) as Record<string, unknown>
    const words = (value: unknown) => (typeof value === 'string' ? value : '')
    return spanOf(
      { from: words(from), to: words(to), plan: words(plan), name: words(name) },
      lineOf(i),
      i + 1,
    )
  })
}

/** The content, and the line on which each entry of its list begins. @throws NoticeRefused */
function parseOrRefuse(text: string): { content: unknown; lineOf: (entry: number) => number | null } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken)
    throw new NoticeRefused(broken.linePos?.[0].line ?? null, '不是合格的 YAML 或 JSON,请检查缩进和标点。')
  const { contents } = document
  const list = isMap(contents) ? contents.get('days', true) : contents
  const lineOf = (entry: number) => {
    const node = isSeq(list) ? list.items[entry] : null
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : null
  }
  try {
    return { content: document.toJS(), lineOf }
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    throw new NoticeRefused(null, '里面的引用(以 * 开头)找不到所指的内容,请直接写出日期。')
  }
}

function spanOf(
  { from, to, plan, name }: { from: string; to: string; plan: string; name: string },
  line: number | null,
  entry?: number,
): DaySpan {
  const refuse = (words: string) =>
    new NoticeRefused(line, entry === undefined ? `${words}。` : `第 ${entry} 项:${words}。`)
  for (const day of [from, to]) if (!isDay(day)) throw refuse(`“${day}”不是日期,请写成 2027-02-05 的样子`)
  if (to < from) throw refuse(`${to} 在 ${from} 之前,请先写开始的一天`)
  if (lengthOf({ from, to }) > LONGEST_SPAN) throw refuse(`${from} 至 ${to} ${TOO_LONG}`)
  const known = PLANS[plan]
  if (known === undefined) throw refuse(`“${plan}”要写成“放假”或“上班”(取消以前录入的写“恢复”)`)
  if (name === '' && known !== 'reset') throw refuse('缺节日名称,例如“春节”')
  return { from, to, plan: known, name }
}

/** @throws NoticeRefused */
function yearOf(text: string, given: number | null): number {
  const named = /(\d{4})年[^。]*(?:放假|节假日)/.exec(text)?.[1]
  if (given !== null) return given
  if (named === undefined) throw new NoticeRefused(null, '看不出是哪一年的通知,请用 year 写明年份。')
  return Number(named)
}

const DATE = /(\d{1,2})月(\d{1,2})日/

/** One paragraph a holiday: `二、春节:2月5日至11日放假调休,共7天。2月4日(星期四)、2月13日(星期六)上班。` */
function readWords(text: string, year: number): DaySpan[] {
  return text.split(/\r?\n/).flatMap((paragraph, i) => {
    const head = /^\s*(?:[一二三四五六七八九十]+、)?\s*([\p{Script=Han}、]+?)\s*[::]/u.exec(paragraph)
    if (!head || !DATE.test(paragraph)) return []
    return sentencesOf(paragraph.slice(head[0].length)).flatMap((sentence) =>
      spansOf(sentence, { name: head[1]!, year, line: i + 1 }),
    )
  })
}

/** What stands in brackets says the weekday and the lunar day only. */
function sentencesOf(paragraph: string): string[] {
  return paragraph.replace(/[((][^))]*[))]/g, '').split(/[。;;]/)
}

function spansOf(
  sentence: string,
  { name, year, line }: { name: string; year: number; line: number },
): DaySpan[] {
  const plan = /上班/.test(sentence) ? 'work' : /放假|补休|调休/.test(sentence) ? 'off' : null
  if (plan === null) return []
  const spans: DaySpan[] = []
  let month: string | null = null
  for (const part of sentence.split(/[、,,和]/)) {
    const found =
      /(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日(?:\s*(?:至|到|—|-|~)\s*(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日)?/.exec(
        part,
      )
    if (!found) continue
    month = found[2] ?? month
    if (month === null) throw new NoticeRefused(line, `“${part.trim()}”看不出是哪个月。`)
    const from = dayOf(Number(found[1] ?? year), month, found[3]!, line)
    const endMonth: string = found[5] ?? month
    const to = found[6] === undefined ? from : dayOf(endYear(found, year, month), endMonth, found[6], line)
    if (to < from) throw new NoticeRefused(line, `“${part.trim()}”的结束在开始之前。`)
    if (lengthOf({ from, to }) > LONGEST_SPAN) throw new NoticeRefused(line, `“${part.trim()}”${TOO_LONG}。`)
    spans.push({ from, to, plan, name })
    month = endMonth
  }
  return spans
}

/** A holiday that begins in December and ends in January ends in the next year. */
function endYear(found: RegExpExecArray, year: number, month: string): number {
  if (found[4] !== undefined) return Number(found[4])
  const begun = Number(found[1] ?? year)
  return Number(found[5] ?? month) < Number(month) ? begun + 1 : begun
}

function dayOf(year: number, month: string, day: string, line: number): Day {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isDay(text)) throw new NoticeRefused(line, `没有 ${text} 这一天。`)
  return text
}

import type { Day } from '../domain/time/days.ts'

/** Why a line stands in a digest, with the tag it begins with. */
export const DIGEST_TAGS = {
  assigned: '新任务',
  reminder: '提醒',
  escalation: '督办',
  'passed-on': '转知',
} as const
export type DigestKind = keyof typeof DIGEST_TAGS

/** What one line of a digest says. `workingDays` are those left, or when `late` those overdue. */
export type DigestLine = {
  kind: DigestKind
  officeName: string
  label: string
  count: number
  dueOn: Day
  late: boolean
  workingDays: number
}

/**
 * `【督办】毛坝镇 黄色预警核查 3件 6月10日到期(已逾期2个工作日)`: for people, and for the account that reads what
 * really arrived. The year stands only when it is not the business year.
 */
export function formatDigestLine(line: DigestLine, businessYear: number): string {
  const rest = `${line.late ? '已逾期' : '还剩'}${line.workingDays}个工作日`
  const what = `${oneWord(line.officeName)} ${oneWord(line.label)} ${line.count}件`
  return `【${DIGEST_TAGS[line.kind]}】${what} ${dayWords(line.dueOn, businessYear)}到期(${rest})`
}

const LINE =
  /^【(新任务|提醒|督办|转知)】(\S+) (\S+) (\d+)件 (?:(\d{4})年)?(\d{1,2})月(\d{1,2})日到期\((已逾期|还剩)(\d+)个工作日\)$/gm

/** The lines of a digest's text part, in order. `businessYear` is the year of the round the mail left in. */
export function parseDigestLines(text: string, businessYear: number): DigestLine[] {
  return [...text.replaceAll('\r\n', '\n').matchAll(LINE)].map(
    ([, tag, office, label, count, year, month, day, late, n]) => ({
      kind: kindOf(tag),
      officeName: office ?? '',
      label: label ?? '',
      count: Number(count),
      dueOn: `${year ?? businessYear}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`,
      late: late === '已逾期',
      workingDays: Number(n),
    }),
  )
}

/** `6月10日`, or `2023年1月10日` outside the business year. */
export function dayWords(day: Day, businessYear: number): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year === businessYear ? '' : `${year}年`}${month}月${date}日`
}

function kindOf(tag: string | undefined): DigestKind {
  const found = (Object.keys(DIGEST_TAGS) as DigestKind[]).find((kind) => DIGEST_TAGS[kind] === tag)
  if (!found) throw new RangeError(`no digest tag ${tag}`)
  return found
}

/** Blanks part the fields, so no field may hold one. */
function oneWord(text: string): string {
  return text.replace(/\s+/g, '')
}

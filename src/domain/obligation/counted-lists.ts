/**
 * What a mail counts, by names of which each stands for all below it: `held.perform` has what is late, due today, due soon and later.
 * `line.<kind>.<deadline>`: what a line is about. `work.<deadline>.<obligation>`: what one holder has behind a deadline, by the one that
 * speaks for it. `county-late.<office>`: the office's code with `/` for `.`, since nothing of the offices below it is meant.
 */
export const COUNTED_LISTS = {
  held: '轮到本单位的',
  'held.review': '待复核',
  'held.perform': '未办结',
  'held.perform.late': '逾期',
  'held.perform.due-today': '今日到期',
  'held.perform.due-soon': '3 个工作日内到期',
  'held.perform.later': '此后到期',
  returned: '请您重办的',
  'in-review': '已提交、等待复核',
  extension: '待答复延期申请',
  'hand-over': '待答复移交',
  'county-late': '全县逾期',
  'asked.perform': '已请您督促、仍逾期',
  'asked.review': '已请您督促的复核',
  'asked.beside': '已请您督促的答复',
  new: '请您办理的',
  line: '所列事项',
} as const
export type CountedList = keyof typeof COUNTED_LISTS

/** Of each line, of each deadline and of each office there is one more. */
const SINGLE = ['line.', 'work.', 'county-late.']

/** Whether mails have such a number; this mail may have counted nothing by it. */
export function isCountedList(name: string): boolean {
  const isNamed = Object.keys(COUNTED_LISTS).some((list) => list === name || list.startsWith(`${name}.`))
  return isNamed || SINGLE.some((beginning) => name.startsWith(beginning))
}

export function lineList(kind: string, deadline: string): string {
  return `line.${kind}.${deadline}`
}

export function workList(deadline: string, obligation: string): string {
  return `work.${deadline}.${obligation}`
}

export function countyLateList(office: string): string {
  return `county-late.${office.replaceAll('.', '/')}`
}

/** Ids of obligations with commas between, as the database joins them: a round has many thousands, and few are ever read one by one. */
export type JoinedIds = string

/** Which obligations each name stood for when the mail was written. */
export type CountedItems = Record<string, JoinedIds>

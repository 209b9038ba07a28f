import { codesOf } from '../obligation/vocabulary.ts'

/** What may be left without anybody, or without an account of it (R20). */
export const UNACCOUNTED_LABELS = {
  unwatched: '没有人盯办的在办事项',
  unreached: '名册上没有任何工作到户的户',
  rows: '没有交代的导入行',
  lines: '过了批次没有发出的告知',
  mails: '三天没有结果的邮件',
  firings: '没有告知到人的提醒和督办',
  hits: '没有列入预警文件的比对命中',
} as const
export type UnaccountedCode = keyof typeof UNACCOUNTED_LABELS
/** How many of each are left; what is none is not there. */
export type Unaccounted = { code: UnaccountedCode; count: number }

/** Where each is looked at, in the app. */
const PATHS: Record<UnaccountedCode, string> = {
  ...{ unwatched: '/admin', unreached: '/roster?reach=unreached', rows: '/imports', lines: '/mails' },
  ...{ mails: '/mails', firings: '/mails/not-reached', hits: '/comparisons' },
}
/** What each is counted in; 项 where it is not here. */
export const UNACCOUNTED_UNITS: Partial<Record<UnaccountedCode, string>> = {
  unreached: '户',
  rows: '行',
  lines: '条',
  mails: '封',
  hits: '条',
}

/** One line of the daily check. `path`: where it is looked at in the app. */
export type CheckLine = { words: string; path: string; isWell: boolean }

/** That all is well, in one line; else a line for each thing that is left. */
export function checkLines(left: readonly Unaccounted[], open: number): CheckLine[] {
  if (left.length === 0)
    return [{ words: `常态核查:一切正常,在办 ${open} 件都有人盯,没有遗漏`, path: '/admin', isWell: true }]
  return left.map(({ code, count }) => ({
    words: `常态核查:${UNACCOUNTED_LABELS[code]} ${count} ${UNACCOUNTED_UNITS[code] ?? '项'}`,
    path: PATHS[code],
    isWell: false,
  }))
}

/** As a notification keeps it: what was left and how much was open, at the instant of the round. */
export function checkDetail(left: readonly Unaccounted[], open: number): string {
  return [`open=${open}`, ...left.map(({ code, count }) => `${code}=${count}`)].join(' ')
}

/** The lines of what a notification keeps. */
export function linesOfCheck(detail: string): CheckLine[] {
  const counts = new Map(detail.split(' ').map((part) => part.split('=') as [string, string]))
  const left = codesOf(UNACCOUNTED_LABELS).flatMap((code) => {
    const count = Number(counts.get(code) ?? 0)
    return count > 0 ? [{ code, count }] : []
  })
  return checkLines(left, Number(counts.get('open') ?? 0))
}

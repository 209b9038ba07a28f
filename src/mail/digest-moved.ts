import type { MovedBy } from '../domain/obligation/moved-day.ts'
import type { SuspensionReason } from '../domain/obligation/request-words.ts'
import { dayWords } from './digest-lines.ts'
import type { DigestItem } from './digest-types.ts'

/** As short as a line has room for. */
const REASONS: Record<SuspensionReason, string> = {
  disaster: '灾害疫情',
  'away-for-now': '当事人不在',
  'waiting-for-department': '等待答复',
  disputed: '政策待认定',
  'office-hindered': '单位突发情况',
  'other-reason': '其他原因',
}

/** `(原限时为 6月14日,经批准延期 3 个工作日)`: its first day, and why it has another one; nothing where it has not. */
export function movedWords(
  { movedFrom, movedBy }: Pick<DigestItem, 'movedFrom' | 'movedBy'>,
  year: number,
): string {
  if (movedFrom === null) return ''
  const whys = [
    ...new Set([...pauseWords(movedBy, year), ...extensionWords(movedBy), ...otherWords(movedBy)]),
  ]
  const why = whys.join(';')
  return `(原限时为 ${dayWords(movedFrom, year)}${why === '' ? '' : `,${why}`})`
}

function pauseWords(movedBy: readonly MovedBy[], year: number): string[] {
  const pauses = movedBy.flatMap((by) => (by.code === 'pause' ? [by] : []))
  const last = pauses.at(-1)
  if (!last) return []
  const resumed = `${dayWords(last.resumedOn, year)}恢复`
  return [
    pauses.length === 1
      ? `因${REASONS[last.reason]}暂停,${resumed}`
      : `先后暂停 ${pauses.length} 次,最近${resumed}`,
  ]
}

/** What was granted several times is one number. */
function extensionWords(movedBy: readonly MovedBy[]): string[] {
  const days = (code: 'extension' | 'asked') =>
    movedBy.reduce((sum, by) => sum + (by.code === code ? by.workingDays : 0), 0)
  const [granted, asked] = [days('extension'), days('asked')]
  return [
    ...(granted > 0 ? [`经批准延期 ${granted} 个工作日`] : []),
    ...(asked > 0 ? [`已申请延期 ${asked} 个工作日,待答复`] : []),
  ]
}

const OTHERS = {
  waited: '因延期答复迟顺延',
  'hand-over': '移交后重新计算',
  calendar: '因工作日历调整',
  policy: '因督办规则调整',
} as const

function otherWords(movedBy: readonly MovedBy[]): string[] {
  return movedBy.flatMap(({ code }) => (code in OTHERS ? [OTHERS[code as keyof typeof OTHERS]] : []))
}

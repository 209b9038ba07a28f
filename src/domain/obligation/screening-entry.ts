import type { Day } from '../time/days.ts'

/** What a visit of a screening found (R6). */
export const ENTRY_FINDING_LABELS = {
  eligible: '有困难,符合条件',
  ineligible: '有困难,不符合条件',
  'not-in-need': '没有困难',
  'not-found': '查无此户',
} as const
export type EntryFinding = keyof typeof ENTRY_FINDING_LABELS

/** What follows from it. */
export const ENTRY_FOLLOW_LABELS = {
  enrolled: '已纳入保障',
  monitored: '已纳入监测',
  assisted: '已给予临时救助',
  referred: '转有关部门',
  none: '不需跟进',
} as const
export type EntryFollow = keyof typeof ENTRY_FOLLOW_LABELS

/** A visit: when, what it found, what follows. All of them null while nobody has been there. */
export type EntryVisit = {
  visitedOn: Day | null
  finding: EntryFinding | null
  follow: EntryFollow | null
}
/** Why an entry cannot be taken: the field, and a sentence. */
export type EntryIssue = { field: keyof EntryVisit; message: string }

/** Checks between the fields of an entry. @param from the day the screening counts from */
export function entryIssues(visit: EntryVisit, { from, today }: { from: Day; today: Day }): EntryIssue[] {
  const { visitedOn, finding, follow } = visit
  if (visitedOn === null && finding === null && follow === null) return []
  const missing = missingField(visit)
  if (missing) return [missing]
  const issues: EntryIssue[] = []
  if (visitedOn !== null && visitedOn > today)
    issues.push({
      field: 'visitedOn',
      message: `走访日期 ${visitedOn} 晚于今天 ${today},请改成实际走访的日期。`,
    })
  if (visitedOn !== null && visitedOn < from)
    issues.push({
      field: 'visitedOn',
      message: `走访日期 ${visitedOn} 早于本次排查起算的 ${from},请改成实际走访的日期。`,
    })
  if (follow === 'enrolled' && finding !== 'eligible')
    issues.push({
      field: 'follow',
      message: `写的是“${ENTRY_FOLLOW_LABELS.enrolled}”,查到的却是“${finding && ENTRY_FINDING_LABELS[finding]}”;请改正其中一个。`,
    })
  return issues
}

/** A visit is written down whole, or not at all. */
function missingField({ visitedOn, finding, follow }: EntryVisit): EntryIssue | null {
  if (visitedOn === null)
    return { field: 'visitedOn', message: '写了走访结果,还缺走访日期;没有走访的,三项都不填。' }
  if (finding === null)
    return { field: 'finding', message: '写了走访日期,还缺查到的情况;没有走访的,三项都不填。' }
  if (follow === null)
    return { field: 'follow', message: '写了查到的情况,还缺后续安排;不需跟进的请选“不需跟进”。' }
  return null
}

/** What is counted of a change's body (contract/api/import-changes.ts). */
type CountedChange = { state: string; fields: { happens: string }[] }

/** How many rows that came again changed stand where. `partly`: of those asked about, some fields are written unasked. */
export type ChangeCounts = {
  automatic: number
  asked: number
  partly: number
  closed: number
  applied: number
  dismissed: number
}

export function countChanges(changes: readonly CountedChange[]): ChangeCounts {
  const counts = { automatic: 0, asked: 0, partly: 0, closed: 0, applied: 0, dismissed: 0 }
  for (const { state, fields } of changes) {
    const has = (happens: string) => fields.some((field) => field.happens === happens)
    if (state === 'dismissed') counts.dismissed++
    else if (state !== 'open') counts.applied++
    else if (has('refused')) counts.closed++
    else if (has('asked')) {
      counts.asked++
      if (has('applied')) counts.partly++
    } else counts.automatic++
  }
  return counts
}

/** `自动更新 1 行,要先确认 2 行`, as it is before or after the file is registered. */
export function changeCountWords(counts: ChangeCounts, registered: boolean): string {
  const { automatic, asked, partly, closed, applied, dismissed } = counts
  const rest = partly > 0 ? `(其中 ${partly} 行不用确认的项${registered ? '已' : '登记时'}更新)` : ''
  const parts: [number, string][] = [
    [applied, `已更新 ${applied} 行`],
    [automatic, `${registered ? '正在' : '登记时'}自动更新 ${automatic} 行`],
    [asked, `${registered ? '等待' : '要先'}确认 ${asked} 行${rest}`],
    [closed, `事项已经结束、没有更新 ${closed} 行`],
    [dismissed, `已决定不采用 ${dismissed} 行`],
  ]
  return parts.flatMap(([n, words]) => (n > 0 ? [words] : [])).join(',')
}

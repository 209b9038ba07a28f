import type { CONTENT_LABELS } from '../../../../src/domain/obligation/changes.ts'

type Corrected = { field: keyof typeof CONTENT_LABELS; before: string | null; after: string | null }
/** What the API keeps beside a step: codes and numbers only. */
type Detail = {
  outcome?: string
  counts?: Record<string, number>
  wordOf?: string
  originalDueOn?: string
  fields?: Corrected[]
  reasonCode?: string
  until?: string
  days?: number
  grantedDays?: number
  /** Offices of a hand-over by their names, and how long the first had the work. */
  fromName?: string
  toName?: string
  heldDays?: number
  /** The day by which it is due now, where that moved. */
  dueOn?: string
}
type Say = (key: string, values?: Record<string, unknown>) => string

/** What was said with a step in words: the outcome, the counts, on whose word, how long, and what a file corrected. */
export function stepWords(detail: Record<string, unknown>, t: Say): string[] {
  const { outcome, counts = {}, wordOf, originalDueOn, fields = [] } = detail as Detail
  const { reasonCode, until, days, grantedDays } = detail as Detail
  const { fromName: from, toName: to, heldDays, dueOn } = detail as Detail
  const counted = Object.entries(counts).map(([name, n]) => `${name} ${n}`)
  return [
    ...(outcome ? [t('item.said.outcome', { outcome: t(`outcome.${outcome}`) })] : []),
    ...(counted.length > 0 ? [counted.join(' · ')] : []),
    ...(wordOf ? [t('item.said.wordOf', { name: wordOf })] : []),
    ...(originalDueOn ? [t('item.said.original', { day: originalDueOn })] : []),
    ...(reasonCode ? [t(`suspensionReason.${reasonCode}`)] : []),
    ...(until ? [t('postponed.said.until', { day: until })] : []),
    ...(days ? [t('postponed.said.days', { days })] : []),
    ...(grantedDays ? [t('postponed.granted', { days: grantedDays })] : []),
    ...(from && to ? [t('handOver.said', { from, to })] : []),
    ...(from && heldDays !== undefined ? [t('handOver.heldDays', { from, days: heldDays })] : []),
    ...(dueOn ? [t('handOver.dueOn', { day: dueOn })] : []),
    ...fields.map((field) => correctedWords(field, t)),
  ]
}

/** A level and a day old and new; of all else only that it changed. */
function correctedWords({ field, before, after }: Corrected, t: Say): string {
  const name = t(`content.${field}`)
  if (before === null || after === null) return t('item.said.changed', { field: name })
  if (field === 'level')
    return t('item.said.from', { field: name, before: t(`level.${before}`), after: t(`level.${after}`) })
  if (field === 'issued') return t('item.said.from', { field: name, before, after })
  return t('item.said.changed', { field: name })
}

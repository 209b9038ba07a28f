import { useI18n } from 'vue-i18n'

/** The codes a filter can ask for, with their words. A field that may be unknown is asked for so, too. */
export function useFilterOptions() {
  const { t, te, tm } = useI18n()
  /** @param table of the catalogue, which has a word for each code */
  return (table: string) => [
    ...Object.entries(tm(table) as Record<string, string>),
    ...(te(`withoutCode.${table}`) ? [['none', t(`withoutCode.${table}`)] as const] : []),
  ]
}

const TABLES: Record<string, string> = {
  assignment: 'stage',
  phase: 'phase',
  group: 'group',
  source: 'source',
  state: 'obligationState',
  outcome: 'outcome',
  ending: 'ending',
}
/** A filter that is there or not says all by its name. */
const BARE = new Set(['mine', 'mail', 'import', 'campaign', 'person', 'officeOnly', 'overdue', 'cancelled'])

/** A filter in words: its name and, where the value is a code, the word of it. */
export function useChipWords() {
  const { t, te } = useI18n()
  return (name: string, value: unknown): string => {
    const label = te(`list.others.${name}`) ? t(`list.others.${name}`) : name
    if (BARE.has(name)) return label
    const table = TABLES[name]
    if (value === 'none' && te(`withoutCode.${name}`)) return t(`withoutCode.${name}`)
    const word = table && te(`${table}.${String(value)}`) ? t(`${table}.${String(value)}`) : String(value)
    return `${label} ${word}`
  }
}

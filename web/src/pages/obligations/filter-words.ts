import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useOffices } from '../../session/use-offices.ts'
import type { ListQuery } from './asked.ts'

/** The filters that have a field, beside the office, with the table of their words. */
export const FIELDS = [
  { name: 'standing', table: 'queue' },
  { name: 'level', table: 'levelFilter' },
  { name: 'kind', table: 'kind' },
  { name: 'cause', table: 'cause' },
] as const
/** What is no chip: an order leaves nothing out, what is looked for stands in its field, and a number is one of its mail. */
const NO_CHIP = new Set<string>(['sort', 'q', 'counted'])

/** Filters whose value is a code, with the table of its word. */
const TABLES: Record<string, string> = {
  ...Object.fromEntries(FIELDS.map(({ name, table }) => [name, table])),
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

/** The codes a filter can ask for, with their words. A field that may be unknown is asked for so, too. */
export function useFilterOptions() {
  const { t, te, tm } = useI18n()
  /** @param table of the catalogue, which has a word for each code */
  return (table: string) => [
    ...Object.entries(tm(table) as Record<string, string>),
    ...(te(`withoutCode.${table}`) ? [['none', t(`withoutCode.${table}`)] as const] : []),
  ]
}

/** The filters of a list in words. */
export function useFilterWords(query: Ref<ListQuery>) {
  const { t, te } = useI18n()
  const { data: offices } = useOffices()
  const chips = computed(() => Object.entries(query.value).filter(([name]) => !NO_CHIP.has(name)))

  /** A filter by its name and, where the value is a code, the word of it. */
  function chipWords(name: string, value: unknown): string {
    if (name === 'office')
      return offices.value?.items.find(({ code }) => code === value)?.name ?? String(value)
    const label = [`list.others.${name}`, `list.filters.${name}`].find((key) => te(key))
    const named = label ? t(label) : name
    if (BARE.has(name)) return named
    const table = TABLES[name]
    if (value === 'none' && te(`withoutCode.${name}`)) return t(`withoutCode.${name}`)
    const word = table && te(`${table}.${String(value)}`) ? t(`${table}.${String(value)}`) : String(value)
    return `${named} ${word}`
  }
  return { chips, chipWords }
}

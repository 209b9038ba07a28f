import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Problem } from '../../api/problem.ts'
import { asProblem } from '../../api/query.ts'
import { type Conflict, uponTheirs } from '../../parts/conflict.ts'
import { datedWords } from '../../parts/days.ts'
import { happenedFrom } from '../../parts/who-changed.ts'
import {
  type HouseholdField,
  formOf,
  type PersonField,
  type RosterHousehold,
  since,
  type WrittenHousehold,
} from './household-body.ts'
import { useHouseholdNow } from './use-roster.ts'

/** What the form has fields for of a person, each with its word. */
export const PERSON_WORDS = [
  ['name', 'reveal.name'],
  ['idNo', 'reveal.idNo'],
  ['phone', 'reveal.phone'],
  ['village', 'reveal.village'],
] as const satisfies readonly (readonly [PersonField, string])[]

/**
 * A household that somebody else changed (412) or took off (404) while one wrote at it: what one would save beside what stands there
 * now, of a person masked.
 * @param read as it was when it was begun, or when theirs was looked at
 * @param asked what was refused
 */
export function useHouseholdConflict(
  id: string,
  {
    read,
    written,
    problem,
    asked,
  }: {
    read: Ref<RosterHousehold | null>
    written: WrittenHousehold
    problem: ComputedRef<Problem | null>
    asked: Ref<'save' | 'remove'>
  },
) {
  const { t, locale } = useI18n()
  /** One that was never there is taken off by nobody. */
  const outdated = computed(
    () => problem.value?.status === 412 || (problem.value?.status === 404 && read.value !== null),
  )
  const { data: now, error, refetch } = useHouseholdNow(id, outdated)
  /** Why what stands there now could not be read. */
  const unread = computed(() => (error.value ? asProblem(error.value) : null))
  /** Theirs as it was refused upon, not as it was when the one before was answered. */
  const isRead = computed(() => now.value !== undefined && now.value?.version !== read.value?.version)
  /** What is saved once more: what was left as it was read takes what stands there now. */
  const merged = computed(() =>
    now.value ? uponTheirs({ ...written }, formOf(read.value), formOf(now.value)) : { ...written },
  )

  const codeWord = (table: string, code: string) => (code === '' ? '' : t(`${table}.${code}`))
  const SAID: readonly (readonly [HouseholdField, word: string, said: (of: WrittenHousehold) => string])[] = [
    ['group', 'roster.group', ({ group }) => codeWord('group', group)],
    ['cover', 'roster.cover', ({ cover }) => codeWord('rosterCover', cover)],
    ['coveredSince', 'roster.since', (of) => dayOf(since(of))],
  ]
  const dayOf = (day: string | null) => (day === null ? '' : datedWords(day, locale.value))
  const conflict = computed<Conflict>(() => {
    const happened = happenedFrom(problem.value, t('conflict.changed'))
    // What was not read is not told as empty.
    if (now.value === undefined) return { happened, rows: [], refusal: null }
    const removes = asked.value === 'remove'
    const theirs = formOf(now.value)
    const mask = now.value?.subject
    const wasMask = read.value?.subject
    // A person's mask stands beside what was written of them; what neither touched is not told.
    const person = PERSON_WORDS.filter(
      ([name]) => (!removes && written[name].trim() !== '') || maskAt(mask, name) !== maskAt(wasMask, name),
    )
    return {
      happened,
      rows: [
        ...SAID.map(([, word, said]) => ({
          word: t(word),
          mine: removes ? '' : said(merged.value),
          theirs: said(theirs),
        })),
        ...person.map(([name, word]) => ({
          word: t(word),
          mine: removes ? '' : written[name].trim() || t('conflict.unchanged'),
          theirs: maskAt(mask, name),
        })),
      ],
      refusal: now.value === null ? t('conflict.removed') : null,
    }
  })
  return { outdated, now, isRead, merged, conflict, unread, refetch }
}

const maskAt = (subject: RosterHousehold['subject'] | undefined, name: PersonField) =>
  (subject as Partial<Record<PersonField, string>> | null | undefined)?.[name] ?? ''

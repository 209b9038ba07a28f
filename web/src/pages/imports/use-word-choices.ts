import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { type Needed, useNeeded } from '../../parts/needed.ts'
import { useOffices } from '../../session/use-offices.ts'
import type { Asked } from './use-import.ts'
import type { WordField } from './word-choices.ts'

type Choice = readonly [code: string, word: string]
const LEVELS = ['red', 'orange', 'yellow']

/**
 * What a word of a field can mean: as the API says while it asks; else the vocabulary, and the towns one sees.
 * @param fields those that the words belong to
 */
export function useWordChoices(
  asked: () => Asked['choices'] | undefined,
  fields: () => readonly string[],
): {
  choicesOf: (field: WordField) => Choice[]
  /** The towns, where words are asked for one and the API does not say them. */
  needs: ComputedRef<Needed>
} {
  const { t, tm } = useI18n()
  const officesAsked = useOffices()
  const { data: offices } = officesAsked
  const words = (table: string): Choice[] => Object.entries(tm(table) as Record<string, string>)
  const towns = (): Choice[] =>
    (offices.value?.items ?? []).filter(({ kind }) => kind === 'town').map(({ code, name }) => [code, name])
  /** A level comes with the time limit that the county gives it. */
  const levelWords = (code: string) => {
    const days = asked()?.level?.find((choice) => choice.code === code)?.workingDays
    const name = t(`levelFilter.${code}`)
    return days === undefined ? name : t('imports.words.level', { name, days })
  }
  const choicesOf = (field: WordField): Choice[] => {
    if (field === 'town') return asked()?.town?.map(({ code, name }) => [code, name]) ?? towns()
    return field === 'level' ? LEVELS.map((code) => [code, levelWords(code)]) : words(field)
  }
  const [nothing, offered] = [useNeeded(), useNeeded(officesAsked)]
  const needs = computed(() => (fields().includes('town') && !asked()?.town ? offered.value : nothing.value))
  return { choicesOf, needs }
}

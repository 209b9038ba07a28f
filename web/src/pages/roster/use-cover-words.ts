import { useI18n } from 'vue-i18n'
import type { Cover } from '../../../../src/domain/obligation/roster-words.ts'
import { datedWords } from '../../parts/days.ts'

/** By what a household of the roster is covered, and since when. */
export function useCoverWords() {
  const { t, locale } = useI18n()
  return ({ cover, coveredSince }: { cover: Cover; coveredSince: string | null }): string => {
    const word = t(`rosterCover.${cover}`)
    if (!coveredSince) return word
    return t('roster.coveredSince', { cover: word, day: datedWords(coveredSince, locale.value) })
  }
}

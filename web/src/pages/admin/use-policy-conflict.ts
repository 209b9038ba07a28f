import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Conflict } from '../../parts/conflict.ts'
import { datedWords } from '../../parts/days.ts'
import { useServerWords } from '../../words/server-words.ts'
import { type Difference, type NewPolicy, type PolicyVersion, useChangesSince } from './use-policies.ts'

type Published = {
  outdated: Ref<boolean>
  /** The version in force when mine was tried out. */
  base: Ref<string | null>
  tried: Ref<NewPolicy | null>
  newest: Ref<PolicyVersion | undefined>
  /** What mine says otherwise than that version. */
  differences: Ref<readonly Difference[]>
}

/** Two people write the next version of the rules: mine beside the one that somebody published meanwhile. */
export function usePolicyConflict({
  outdated,
  base,
  tried,
  newest,
  differences,
}: Published): ComputedRef<Conflict> {
  const { t, locale } = useI18n()
  const server = useServerWords()
  const { data: since } = useChangesSince(base, () => (outdated.value ? (newest.value?.id ?? null) : null))
  const inWords = (list: readonly Difference[]) =>
    list
      .map(({ rule, changes }) => `${server.ruleName(rule)}:${changes.map(server.ruleChange).join(';')}`)
      .join(' / ')
  const dayOf = (day: string | null | undefined) =>
    day ? datedWords(day, locale.value) : t('conflict.atOnce')

  return computed(() => {
    const theirs = newest.value
    if (!theirs) return { happened: [], rows: [], refusal: null }
    const { id, author, createdAt, reason, validFrom, version } = theirs
    const what = t('conflict.published', { version })
    return {
      happened: [{ key: id, who: author, at: createdAt, what, text: null }],
      rows: [
        { word: t('policies.reason'), mine: tried.value?.reason ?? '', theirs: reason ?? '' },
        { word: t('conflict.validFrom'), mine: dayOf(tried.value?.validFrom), theirs: dayOf(validFrom) },
        {
          word: t('conflict.differs'),
          mine: inWords(differences.value),
          theirs: inWords(since.value?.differences ?? []),
        },
      ],
      refusal: null,
    }
  })
}

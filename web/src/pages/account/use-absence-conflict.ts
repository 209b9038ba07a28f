import { computed, type ComputedRef, type Ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Problem } from '../../api/problem.ts'
import { type Conflict, uponTheirs } from '../../parts/conflict.ts'
import { dayWords } from '../../parts/days.ts'
import { happenedFrom } from '../../parts/who-changed.ts'
import type { NewAbsence, OwnAbsence } from './use-account.ts'

/** What is known of an absence, one's own or a colleague's, and who may stand in. */
type Standing = Pick<OwnAbsence, 'absence' | 'today'> & {
  colleagues: readonly { id: string; name: string }[]
}
type Asked = {
  problem: Ref<Problem | null>
  /** What was asked for; null to be back. */
  mine: () => NewAbsence | null
  /** As it stood when that was begun. */
  began: Readonly<Ref<Standing | null>>
  now: Readonly<Ref<Standing | undefined>>
}

/** What the form of an absence begins with: without one, today. */
const textsOf = (own: Standing | null | undefined) => ({
  from: own?.absence?.from ?? own?.today ?? '',
  until: own?.absence?.until ?? null,
  substitute: own?.absence?.substitute?.id ?? null,
})

type Seen<T> = {
  /** As it stood when the form was begun; null before. */
  began: Ref<T | null>
  now: () => T | undefined
  /** While it is sent, and until what somebody else entered was looked at. */
  isHeld: () => boolean
}

/** What else changed of a person is nothing of the form of an absence: it goes on upon that. What is sent was seen as it began. */
export function goOnWithTheRest<T extends { absence: unknown }>({ began, now, isHeld }: Seen<T>): void {
  const isSame = (one: T, other: T) => JSON.stringify(one.absence) === JSON.stringify(other.absence)
  watch([now, isHeld], ([read, held]) => {
    if (read && began.value && !held && isSame(read, began.value)) began.value = read
  })
}

/**
 * Somebody else entered an absence of mine, or ended it, while I did. `merged`: what is entered once more, where what was left as it
 * was takes what stands there now.
 */
export function useAbsenceConflict({ problem, mine, began, now }: Asked): {
  conflict: ComputedRef<Conflict>
  merged: ComputedRef<NewAbsence | null>
} {
  const { t, locale } = useI18n()
  const merged = computed(() => {
    const asked = mine()
    if (asked === null) return null
    return uponTheirs({ ...textsOf(null), ...asked }, textsOf(began.value), textsOf(now.value))
  })
  const day = (text: string | null) => (text ? dayWords(text, locale.value) : '')
  const nameOf = (id: string | null) =>
    id === null
      ? t('account.absence.nobody')
      : (now.value?.colleagues.find((one) => one.id === id)?.name ?? id)
  const theirs = computed(() => {
    const absence = now.value?.absence
    if (!absence) return null
    return {
      from: day(absence.from),
      until: absence.until === null ? t('account.absence.untilBack') : day(absence.until),
      substitute: absence.substitute?.name ?? t('account.absence.nobody'),
    }
  })
  const NONE = { from: '', until: '', substitute: '' }
  const rowsOf = (asked: NewAbsence) =>
    (['from', 'until', 'substitute'] as const).map((name) => ({
      word: t(`account.absence.${name}`),
      mine: {
        from: day(asked.from),
        until: asked.until ? day(asked.until) : t('account.absence.untilBack'),
        substitute: nameOf(asked.substitute ?? null),
      }[name],
      theirs: (theirs.value ?? NONE)[name],
    }))
  const conflict = computed<Conflict>(() => {
    const { from, until, substitute } = theirs.value ?? NONE
    const standing = [from, until, substitute].filter((text) => text !== '').join(' ')
    const back = {
      word: t('account.absence.title'),
      mine: t('account.absence.end'),
      theirs: standing === '' ? t('account.absence.none') : standing,
    }
    return {
      happened: happenedFrom(problem.value, t('conflict.changed')),
      rows: merged.value === null ? [back] : rowsOf(merged.value),
      refusal: merged.value === null && !theirs.value ? t('account.absence.none') : null,
    }
  })
  return { conflict, merged }
}

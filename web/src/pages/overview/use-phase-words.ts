import { useI18n } from 'vue-i18n'
import { dayWords } from '../../parts/days.ts'
import type { Phase } from './use-overview.ts'

const MOST_NAMED = 3

/** What of a phase is no warning, kind by kind. An answer that a browser kept of the previous release has no kinds. */
export function othersIn({ kinds }: { kinds?: Phase['kinds'] }): Phase['kinds'] {
  return (kinds ?? []).filter(({ kind }) => kind !== 'warning')
}

/** What is said of a phase beside its numbers. */
export function usePhaseWords() {
  const { t, locale } = useI18n()
  function begunWords({ begunAs, originalDueOn }: Phase): string {
    const how = begunAs === null ? '' : t(`beginChoice.${begunAs}`)
    const day = originalDueOn === null ? '' : dayWords(originalDueOn, locale.value)
    return day === '' ? how : t('overview.begun', { how, day })
  }

  /** Who let a phase close over what was left of it, and why: it stays for good. */
  function overrideWords({ by, reason, at, blockers }: NonNullable<Phase['override']>): string {
    const day = at === null ? '' : dayWords(at.slice(0, 10), locale.value)
    const left = blockers === null ? '' : t('overview.overriddenOver', { count: blockers })
    return t('overview.overridden', { by, day, left, reason })
  }

  const waits = (phase: Phase) =>
    phase.gate.byOffice
      .slice(0, MOST_NAMED)
      .map(({ office, count }) => `${office.name} ${count}`)
      .join(t('imports.comma'))

  /** A gate may wait for what belongs to other phases: without that number the two counts of a phase do not agree. */
  function gateWords(phase: Phase): string {
    const { blockerCount: count, ofOtherPhases: others } = phase.gate
    return t(others > 0 ? 'overview.gateWithOthers' : 'overview.gate', {
      count,
      others,
      own: count - others,
      who: waits(phase),
    })
  }

  /** What such a phase has that is no warning: nine reports beside a hundred warnings are counted with them. Empty where it has none. */
  function othersWords(phase: Phase): string {
    const others = othersIn(phase)
    const listed = others.map(({ kind, count }) => t('overview.ofKind', { kind: t(`kind.${kind}`), count }))
    return others.length === 0 ? '' : t('overview.phaseOthers', { kinds: listed.join(t('imports.comma')) })
  }

  return { begunWords, overrideWords, gateWords, othersWords }
}

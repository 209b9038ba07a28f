import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import type { Problem } from '../../api/problem.ts'
import { asProblem } from '../../api/query.ts'
import { dropAtSignOut } from '../../session/forget.ts'

/** The household of an obligation, or that of one entry of a screening. */
export type Revealable = { obligation: string; entry?: string }
export type Household = operations['revealHousehold']['responses']['200']['content']['application/json']

export const SHOWN_MINUTES = 5
const SHOWN_MS = SHOWN_MINUTES * 60_000

/** How each household that is shown at the moment is hidden. */
const shown = new Set<() => void>()
const hideAll = () => [...shown].forEach((hide) => hide())
dropAtSignOut(hideAll)

function askHousehold({ obligation, entry }: Revealable, reason: string): Promise<Household> {
  const body = { reason }
  return entry === undefined
    ? bodyFrom(api.POST('/v1/obligations/{id}/reveal', { params: { path: { id: obligation } }, body }))
    : bodyFrom(
        api.POST('/v1/screenings/{id}/entries/{entry}/reveal', {
          params: { path: { id: obligation, entry } },
          body,
        }),
      )
}

/**
 * A household in the clear, for some minutes and in this component alone: no cache of queries or mutations holds it, and it is gone
 * with the component, with the page, and when its reader signs out.
 */
export function useReveal(of: Revealable) {
  const household = shallowRef<Household | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  let isGone = false
  let hidesAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function reveal(reason: string): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = null
    try {
      const found = await askHousehold(of, reason)
      if (!isGone) show(found)
    } catch (refused) {
      problem.value = asProblem(refused)
    } finally {
      busy.value = false
    }
  }

  function show(found: Household): void {
    household.value = found
    hidesAt = Date.now() + SHOWN_MS
    timer = setTimeout(hide, SHOWN_MS)
    shown.add(hide)
  }

  function hide(): void {
    clearTimeout(timer)
    shown.delete(hide)
    household.value = null
  }

  /** The timers of a telephone stand still while it sleeps. */
  const hideLate = () => household.value && Date.now() >= hidesAt && hide()
  onMounted(() => {
    document.addEventListener('visibilitychange', hideLate)
    // A browser keeps the page that is left as it stood.
    addEventListener('pagehide', hide)
  })
  onBeforeUnmount(() => {
    isGone = true
    hide()
    document.removeEventListener('visibilitychange', hideLate)
    removeEventListener('pagehide', hide)
  })
  return { household, problem, busy, reveal, hide }
}

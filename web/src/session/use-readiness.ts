import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type Ref, ref } from 'vue'
import type { operations } from '../../generated/api.d.ts'
import { Problem } from '../api/problem.ts'
import { i18n } from '../words/index.ts'

export type Readiness = operations['getReadiness']['responses']['200']['content']['application/json']
export type Part = Readiness['parts'][number]

const AGAIN_MS = 30_000
const SOON_MS = 5_000

/** What is not ready answers 503 with the same body, so this asks without the client, which would throw it. */
async function askReadiness(): Promise<Readiness> {
  const response = await fetch('/readyz').catch(() => null)
  const body: unknown = response ? await response.json().catch(() => null) : null
  if (isReadiness(body)) return body
  throw new Problem(response?.status ?? 0, { detail: i18n.global.t('state.partsUnknown') })
}

function isReadiness(body: unknown): body is Readiness {
  return typeof body === 'object' && body !== null && 'parts' in body
}

/** How every part of the system runs. */
export function useReadiness() {
  return useQuery({ queryKey: ['readiness'], queryFn: askReadiness, refetchInterval: AGAIN_MS })
}

const partBeingMade = (readiness: Readiness | undefined) =>
  readiness?.parts.find(({ name, state }) => name === 'demo' && state === 'starting')

function useDemoPart(isDemo: Ref<boolean> = ref(true)) {
  return useQuery({
    queryKey: ['demo-progress'],
    queryFn: askReadiness,
    enabled: isDemo,
    refetchInterval: ({ state }) => (partBeingMade(state.data) ? SOON_MS : false),
  })
}

/** How far a demonstration is that is being made, in the server's words; null once it is made. Then it is not asked any more. */
export function useDemoProgress(): ComputedRef<string | null> {
  const { data } = useDemoPart()
  return computed(() => partBeingMade(data.value)?.detail ?? null)
}

/**
 * Whether the numbers are those of a whole county: `unknown` until somebody told of a demonstration, and `whole` where nobody can
 * tell, or it is none.
 */
export function useWholeness(isDemo: Ref<boolean>): ComputedRef<'unknown' | 'making' | 'whole'> {
  const { data, failureCount } = useDemoPart(isDemo)
  return computed(() => {
    if (!isDemo.value) return 'whole'
    if (partBeingMade(data.value)) return 'making'
    return data.value || failureCount.value > 0 ? 'whole' : 'unknown'
  })
}

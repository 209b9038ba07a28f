import { computed, type ComputedRef, type Ref } from 'vue'
import type { Problem } from '../api/problem.ts'
import { asProblem } from '../api/query.ts'

/** Something that was asked for; a query of vue-query is one. `fetchStatus`: `paused` where it waits for the network. */
export type Answer = {
  data: Ref<unknown>
  error: Ref<Error | null>
  fetchStatus?: Ref<'fetching' | 'paused' | 'idle'>
  refetch: () => unknown
}
/**
 * What a form rests on. `problem`: what of it could not be read; `retry` asks for that again. `isOffline`: some of it is asked for by
 * itself once there is a network.
 */
export type Needed = { isKnown: boolean; problem: Problem | null; isOffline: boolean; retry: () => void }

/**
 * The answers that a form offers to choose from, or sends by default. Until all are there nothing is sent: the server would refuse
 * what nobody wrote. What was read once counts, also where it could not be read anew.
 */
export function useNeeded(...answers: readonly Answer[]): ComputedRef<Needed> {
  return computed(() => {
    const missing = answers.filter(({ data }) => data.value === undefined)
    const failed = missing.filter(({ error }) => error.value !== null)
    const [first] = failed
    return {
      isKnown: missing.length === 0,
      problem: first?.error.value ? asProblem(first.error.value) : null,
      isOffline: missing.some(({ fetchStatus }) => fetchStatus?.value === 'paused'),
      retry: () => failed.forEach(({ refetch }) => void refetch()),
    }
  })
}

import { QueryClient } from '@tanstack/vue-query'
import { i18n } from '../words/index.ts'
import { Problem } from './problem.ts'

const MOST_RETRIES = 2
const FRESH_MS = 15_000

/** Answers are shown at once and asked again in the background. A refusal is final; a lost connection is tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The worker may have kept the answer (web/worker).
      networkMode: 'offlineFirst',
      staleTime: FRESH_MS,
      retry: (count, error) => error instanceof Problem && error.passing && count < MOST_RETRIES,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})

/** Anything else thrown is a fault of ours and is told as such. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem
    ? error
    : new Problem(500, { code: 'fault', detail: i18n.global.t('state.fault', { what: String(error) }) })
}

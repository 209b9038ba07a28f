import { useQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

const askQuota = () => bodyFrom(api.GET('/v1/comparisons/quota'))
const askComparisons = () => bodyFrom(api.GET('/v1/comparisons'))

export type Quota = Awaited<ReturnType<typeof askQuota>>
export type Comparison = Awaited<ReturnType<typeof askComparisons>>['items'][number]

/** Where the yearly plan of the latest campaign stands. */
export const useQuota = () => useQuery({ queryKey: ['obligations', 'quota'], queryFn: askQuota })
/** Its comparisons, as far as the reader sees them. */
export const useComparisons = () =>
  useQuery({ queryKey: ['obligations', 'comparisons'], queryFn: askComparisons })

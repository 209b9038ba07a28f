import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import type { ComputedRef } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'

export type Question = NonNullable<operations['getStatistics']['parameters']['query']>
const ask = (query: Question) => bodyFrom(api.GET('/v1/statistics/obligations', { params: { query } }))
export type Statistics = Awaited<ReturnType<typeof ask>>

/** What the work comes to. What was read stays while the next question is asked. */
export function useStatistics(query: ComputedRef<Question>) {
  return useQuery({
    queryKey: ['obligations', 'statistics', query],
    queryFn: () => ask(query.value),
    placeholderData: keepPreviousData,
  })
}

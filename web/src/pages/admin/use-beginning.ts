import { useQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

const askBeginning = () => bodyFrom(api.GET('/v1/beginning'))
export type Beginning = Awaited<ReturnType<typeof askBeginning>>['items'][number]

/** What the counties still need before the work goes by itself. */
export const useBeginning = () => useQuery({ queryKey: ['beginning'], queryFn: askBeginning })

export function stepsLeft(counties: readonly Pick<Beginning, 'steps'>[]): number {
  return counties.flatMap(({ steps }) => steps).filter(({ done }) => !done).length
}

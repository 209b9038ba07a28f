import { useQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

const MOST = 200
/** What waits for my review, as a list is asked for it. */
export const ASKED = { standing: 'held', assignment: 'review', mine: 'true' } as const

/** How many there are, also beyond what the queue has read. */
export function useReviewCount() {
  return useQuery({
    queryKey: ['obligations', 'review', 'count'],
    queryFn: () => bodyFrom(api.GET('/v1/obligations/count', { params: { query: ASKED } })),
  })
}

/** What waits for my review, whoever is due first in front. */
export function useReviewQueue() {
  return useQuery({
    queryKey: ['obligations', 'review'],
    queryFn: () =>
      bodyFrom(
        api.GET('/v1/obligations', {
          params: {
            query: { ...ASKED, sort: 'holderDueAt', limit: MOST },
          },
        }),
      ),
  })
}

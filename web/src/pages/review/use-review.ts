import { useQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

const MOST = 200

/** What waits for my review, whoever is due first in front. */
export function useReviewQueue() {
  return useQuery({
    queryKey: ['obligations', 'review'],
    queryFn: () =>
      bodyFrom(
        api.GET('/v1/obligations', {
          params: {
            query: { standing: 'held', assignment: 'review', mine: 'true', sort: 'holderDueAt', limit: MOST },
          },
        }),
      ),
  })
}

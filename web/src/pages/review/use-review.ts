import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
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

const askPage = (cursor: string | null) =>
  bodyFrom(
    api.GET('/v1/obligations', {
      params: { query: { ...ASKED, sort: 'holderDueAt', limit: MOST, ...(cursor && { cursor }) } },
    }),
  )
export type Waiting = Awaited<ReturnType<typeof askPage>>['items'][number]
/** One that stands so far behind is looked for. */
const MOST_PAGES = 10

/** What waits for my review, whoever is due first in front. @param at an item that is read too, however far behind it stands */
export function useReviewQueue(at: Ref<string | null>) {
  return useQuery({
    queryKey: ['obligations', 'review'],
    queryFn: async () => {
      const items: Waiting[] = []
      let cursor: string | null = null
      for (let pages = 0; pages === 0 || (cursor !== null && pages < MOST_PAGES); pages++) {
        const page: Awaited<ReturnType<typeof askPage>> = await askPage(cursor)
        items.push(...page.items)
        cursor = page.nextCursor
        if (at.value === null || items.some(({ id }) => id === at.value)) break
      }
      return { items }
    },
  })
}

import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'

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

/** Whether it is in review, be it with somebody else. False where nothing is found, or nothing that the reader may see. */
async function isInReview(id: string): Promise<boolean> {
  try {
    const { holder } = await bodyFrom(api.GET('/v1/obligations/{id}', { params: { path: { id } } }))
    return holder?.assignment === ASKED.assignment
  } catch (error) {
    if (error instanceof Problem && NOT_THERE.has(error.status)) return false
    throw error
  }
}
const NOT_THERE: ReadonlySet<number> = new Set([400, 403, 404, 422])

/**
 * What waits for my review, whoever is due first in front: a page, and as many as were read before.
 * @param sought is read too, however far behind it stands; whether it is in review is asked first, so that nothing is read in vain
 */
export function useReviewQueue(sought: Ref<string | null>) {
  let most = 1
  return useQuery({
    queryKey: ['obligations', 'review'],
    // A queue of a moment ago may have been read less far.
    refetchOnMount: () => (sought.value === null ? true : 'always'),
    queryFn: async () => {
      const items: Waiting[] = []
      let cursor: string | null = null
      let pages = 0
      const readOne = async () => {
        const page = await askPage(cursor)
        items.push(...page.items)
        cursor = page.nextCursor
        pages++
      }
      do await readOne()
      while (cursor !== null && pages < most)
      const id = sought.value
      const lacks = () => cursor !== null && !items.some((one) => one.id === id)
      if (id !== null && lacks() && (await isInReview(id))) while (lacks()) await readOne()
      most = Math.max(most, pages)
      return { items }
    },
  })
}

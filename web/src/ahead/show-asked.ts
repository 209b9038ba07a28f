import { api, bodyFrom } from '../api/client.ts'
import { queryClient } from '../api/query.ts'
import { ME, type Question } from './questions.ts'

/** By then what is here is read; what is not is shown as it comes. */
const PATIENCE_MS = 30

/**
 * Reads the answers that came while the app was on its way, so that the page is drawn with them once, and not first without. Who is
 * signed in is asked by the app itself, and what was refused is asked again by the page, which tells of it.
 * @returns when to draw
 */
export function showAsked(): () => Promise<void> {
  const { asked, questions = [] } = window.dubanAhead ?? {}
  const read = questions.flatMap((question) => {
    const answer = question.urgent && question.address !== ME ? asked?.get(question.address) : undefined
    return answer === undefined ? [] : [answer.then(({ ok }) => (ok ? readNow(question) : undefined))]
  })
  const all = Promise.allSettled(read)
  return async () => {
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
  }
}

function readNow({ address, key, paged }: Question): Promise<void> {
  const queryFn = () => bodyFrom<unknown>(api.request('get', address as '/v1/home'))
  return paged
    ? queryClient.prefetchInfiniteQuery({ queryKey: key, queryFn, initialPageParam: '' })
    : queryClient.prefetchQuery({ queryKey: key, queryFn })
}

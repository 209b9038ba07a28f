import { api, bodyFrom } from '../../api/client.ts'

export const askRun = (id: string) => bodyFrom(api.GET('/v1/bulk-runs/{id}', { params: { path: { id } } }))

/** So many are marked as seen after a long run: more than a list shows. */
const MOST_PAGES = 5

const askItems = (id: string, query: { state: 'done' | 'undone'; limit: number; cursor?: string }) =>
  bodyFrom(api.GET('/v1/bulk-runs/{id}/items', { params: { path: { id }, query } }))

/** Those of a run in a state, at their versions. */
export async function itemsIn(
  state: 'done' | 'undone',
  id: string,
): Promise<{ id: string; version: number }[]> {
  const all: { id: string; version: number }[] = []
  let cursor: string | null = ''
  for (let page = 0; cursor !== null && page < MOST_PAGES; page += 1) {
    const answer: Awaited<ReturnType<typeof askItems>> = await askItems(id, {
      ...{ state, limit: 200 },
      ...(cursor !== '' && { cursor }),
    })
    all.push(
      ...answer.items.flatMap((one) => (one.version === null ? [] : [{ id: one.id, version: one.version }])),
    )
    cursor = answer.nextCursor
  }
  return all
}

/** The first of a run that can be taken back; null where there is none. */
export async function firstDone(id: string) {
  const { items } = await askItems(id, { state: 'done', limit: 1 })
  const [first] = items
  return first ? bodyFrom(api.GET('/v1/obligations/{id}', { params: { path: { id: first.id } } })) : null
}

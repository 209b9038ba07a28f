import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, bodyFrom } from '../api/client.ts'

const KEY = 'seen'
const MOST_ASKED = 200
export type SeenVersion = { id: string; version: number }

async function askSeen(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const parts = Array.from({ length: Math.ceil(ids.length / MOST_ASKED) }, (_, i) =>
    ids.slice(i * MOST_ASKED, (i + 1) * MOST_ASKED),
  )
  const answers = await Promise.all(
    parts.map((part) => bodyFrom(api.GET('/v1/seen', { params: { query: { ids: part.join(',') } } }))),
  )
  return new Map(answers.flatMap(({ items }) => items.map(({ id, version }) => [id, version] as const)))
}

/** At which version one last looked at each of these. */
export function useSeen(ids: Ref<readonly string[]>) {
  return useQuery({
    queryKey: [KEY, ids],
    queryFn: () => askSeen(ids.value),
    enabled: computed(() => ids.value.length > 0),
    placeholderData: keepPreviousData,
  })
}

/** Tells the server what was looked at. A mark that was not kept is kept by the next look, so nobody is told. */
export function useMarkSeen() {
  const client = useQueryClient()
  const mark = useMutation({
    mutationFn: (items: readonly SeenVersion[]) =>
      api.PUT('/v1/seen', {
        body: { items: items.slice(0, MOST_ASKED).map(({ id, version }) => ({ id, version })) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY] }),
  })
  return (items: readonly SeenVersion[]): void => {
    if (items.length > 0) mark.mutate(items)
  }
}

import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, bodyFrom } from '../api/client.ts'
import { queryClient } from '../api/query.ts'

const KEY = 'seen'
/** As many as the server takes in one request. */
const AT_ONCE = 200
export type SeenVersion = { id: string; version: number }
/** At which version each was looked at; null for what was asked about and never looked at. */
export type SeenVersions = ReadonlyMap<string, number | null>

function partsOf<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / AT_ONCE)
  return Array.from({ length: count }, (_, i) => items.slice(i * AT_ONCE, (i + 1) * AT_ONCE))
}

export async function askSeen(ids: readonly string[]): Promise<SeenVersions> {
  const answers = await Promise.all(
    partsOf(ids).map((part) => bodyFrom(api.GET('/v1/seen', { params: { query: { ids: part.join(',') } } }))),
  )
  const looked = answers.flatMap(({ items }) => items.map(({ id, version }) => [id, version] as const))
  return new Map<string, number | null>([...ids.map((id) => [id, null] as const), ...looked])
}

/** At which version one last looked at each of these. While it is asked of other rows, what is known of the former stays. */
export function useSeen(ids: Ref<readonly string[]>) {
  return useQuery({
    queryKey: [KEY, ids],
    queryFn: () => askSeen(ids.value),
    enabled: computed(() => ids.value.length > 0),
    placeholderData: keepPreviousData,
  })
}

export async function keepSeen(items: readonly SeenVersion[]): Promise<void> {
  for (const part of partsOf(items))
    await api.PUT('/v1/seen', { body: { items: part.map(({ id, version }) => ({ id, version })) } })
}

/** What is shown follows at once, so that nobody's own act looks like a change by others. */
export function showSeen(client: QueryClient, items: readonly SeenVersion[]): void {
  client.setQueriesData<SeenVersions>({ queryKey: [KEY] }, (before) => {
    if (before === undefined) return undefined
    const asked = items.filter(({ id }) => before.has(id))
    return new Map<string, number | null>([
      ...before,
      ...asked.map(({ id, version }) => [id, Math.max(version, before.get(id) ?? 0)] as const),
    ])
  })
}

/** Tells the server what was looked at. A mark that was not kept is kept by the next look, so nobody is told. */
export function useMarkSeen() {
  const client = useQueryClient()
  const mark = useMutation({
    mutationFn: keepSeen,
    onMutate: (items) => showSeen(client, items),
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  })
  return (items: readonly SeenVersion[]): void => {
    if (items.length > 0) mark.mutate(items)
  }
}

/** The same for what goes on when its page is gone. */
export async function noteSeen(items: readonly SeenVersion[], client = queryClient): Promise<void> {
  if (items.length === 0) return
  showSeen(client, items)
  await keepSeen(items).catch(() => undefined)
  await client.invalidateQueries({ queryKey: [KEY] })
}

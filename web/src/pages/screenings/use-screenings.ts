import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

type NewEntry = operations['addScreeningEntry']['requestBody']['content']['application/json']
type Question = NonNullable<operations['listScreeningEntries']['parameters']['query']>
type ChangedEntry = NonNullable<
  operations['changeScreeningEntry']['requestBody']
>['content']['application/json']

const PAGE = 50
const askMatrix = () => bodyFrom(api.GET('/v1/screenings/matrix'))
const askEntries = (id: string, query: Question) =>
  bodyFrom(api.GET('/v1/screenings/{id}/entries', { params: { path: { id }, query } }))

export type Matrix = Awaited<ReturnType<typeof askMatrix>>
export type Cell = NonNullable<Matrix['towns'][number]['cells'][number]>
export type Entry = Awaited<ReturnType<typeof askEntries>>['items'][number]

/** Towns and screenings of the latest campaign. */
export const useMatrix = () => useQuery({ queryKey: ['obligations', 'matrix'], queryFn: askMatrix })
/** The households of one screening, masked, page after page; `notVisited`: only those nobody has been to. */
export function useEntries(id: string, notVisited: Ref<boolean>) {
  return useInfiniteQuery({
    queryKey: ['obligation', id, 'entries', notVisited],
    queryFn: ({ pageParam }) =>
      askEntries(id, {
        limit: PAGE,
        ...(notVisited.value && { finding: 'none' as const }),
        ...(pageParam !== '' && { cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

const MOST = 200

/**
 * One household as it stands there now, whatever its list leaves out: asked for while `wanted`, page after page. null where somebody
 * removed it.
 */
export function useEntryNow(id: string, entry: string, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: ['obligation', id, 'entry', entry],
    queryFn: async (): Promise<Entry | null> => {
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Awaited<ReturnType<typeof askEntries>> = await askEntries(id, {
          limit: MOST,
          ...(cursor !== '' && { cursor }),
        })
        const found = page.items.find((one) => one.id === entry)
        if (found) return found
        cursor = page.nextCursor
      }
      return null
    },
    enabled: wanted,
  })
}

export type EntryAnswer =
  operations['importScreeningEntries']['responses']['200']['content']['application/json']

/** Writes down, as not visited yet, whom the roster says a screening must reach. */
export function useCarryOver(id: string) {
  return useMutation({
    mutationFn: () =>
      bodyFrom(api.POST('/v1/screenings/{id}/entries/from-roster', { params: { path: { id } } })),
    onSettled: () => readAnew(),
  })
}

type Read = Pick<Entry, 'id' | 'version'>
const asRead = ({ version }: Read) => ({ 'If-Match': `"${version}"` })
export type Written = { entry: Read | null; body: Record<string, unknown>; key: string }

/** Writes a household down, or changes one as it was read. @param onDone runs also when the form is gone by then */
export function useSaveEntry(id: string, onDone: () => void) {
  return useMutation({
    mutationFn: ({ entry, body, key }: Written) =>
      entry === null
        ? bodyFrom(
            api.POST('/v1/screenings/{id}/entries', {
              params: { path: { id } },
              headers: { 'Idempotency-Key': key },
              body: body as NewEntry,
            }),
          )
        : bodyFrom(
            api.PUT('/v1/screenings/{id}/entries/{entry}', {
              params: { path: { id, entry: entry.id } },
              headers: asRead(entry),
              body: body as ChangedEntry,
            }),
          ),
    onSuccess: onDone,
    onSettled: () => readAnew(),
  })
}

export function useRemoveEntry(id: string) {
  return useMutation({
    mutationFn: (entry: Read) =>
      bodyFrom(
        api.DELETE('/v1/screenings/{id}/entries/{entry}', {
          params: { path: { id, entry: entry.id } },
          headers: asRead(entry),
        }),
      ),
    onSettled: () => readAnew(),
  })
}

import { useMutation, useQuery } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { newSendKey } from '../../api/send-key.ts'

type NewEntry = operations['addScreeningEntry']['requestBody']['content']['application/json']
type ChangedEntry = NonNullable<
  operations['changeScreeningEntry']['requestBody']
>['content']['application/json']

const MOST = 200
const askMatrix = () => bodyFrom(api.GET('/v1/screenings/matrix'))
const askEntries = (id: string) =>
  bodyFrom(api.GET('/v1/screenings/{id}/entries', { params: { path: { id }, query: { limit: MOST } } }))

export type Matrix = Awaited<ReturnType<typeof askMatrix>>
export type Cell = NonNullable<Matrix['towns'][number]['cells'][number]>
export type Entry = Awaited<ReturnType<typeof askEntries>>['items'][number]

/** Towns and screenings of the latest campaign. */
export const useMatrix = () => useQuery({ queryKey: ['obligations', 'matrix'], queryFn: askMatrix })
/** The first households of one screening, masked. */
export const useEntries = (id: string) =>
  useQuery({ queryKey: ['obligation', id, 'entries'], queryFn: () => askEntries(id) })

function readAnew(id: string): void {
  void queryClient.invalidateQueries({ queryKey: ['obligation', id] })
  void queryClient.invalidateQueries({ queryKey: ['obligations'] })
}

type Read = Pick<Entry, 'id' | 'version'>
const asRead = ({ version }: Read) => ({ 'If-Match': `"${version}"` })

/** Writes a household down, or changes one as it was read. */
export function useSaveEntry(id: string) {
  return useMutation({
    mutationFn: ({ entry, body }: { entry: Read | null; body: Record<string, unknown> }) =>
      entry === null
        ? bodyFrom(
            api.POST('/v1/screenings/{id}/entries', {
              params: { path: { id } },
              headers: { 'Idempotency-Key': newSendKey() },
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
    onSuccess: () => readAnew(id),
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
    onSuccess: () => readAnew(id),
  })
}

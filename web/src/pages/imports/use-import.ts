import { useMutation, useQuery } from '@tanstack/vue-query'
import { inject, type InjectionKey } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { readAnew } from '../../api/read-anew.ts'

/** While the server works, its answer is asked for again this often. */
const POLL_MS = 800
const RUNNING = new Set<string>(['validating', 'applying', 'undoing'])

const askImport = (id: string) => bodyFrom(api.GET('/v1/imports/{id}', { params: { path: { id } } }))
export type Import = NonNullable<Awaited<ReturnType<typeof askImport>>>
export type Asked = NonNullable<Import['mapping']>
export type ImportAction = operations['actOnImport']['requestBody']['content']['application/json']
export type MapAnswer = Omit<Extract<ImportAction, { action: 'map' }>, 'action'>

export const isRunning = (one: { state: string } | undefined): boolean => RUNNING.has(one?.state ?? '')

/** One import, asked again while something happens to it, or to one that mends its rows. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: () => askImport(id),
    refetchInterval: ({ state: { data } }) =>
      isRunning(data) || data?.mendedBy.some(isRunning) ? POLL_MS : false,
  })
}

/** Acts on an import that is as it was shown; else it is read again (412). */
export function useActOnImport(id: string) {
  return useMutation({
    mutationFn: ({ action, version }: { action: ImportAction; version: number }) =>
      bodyFrom(
        api.POST('/v1/imports/{id}/actions', {
          params: { path: { id } },
          headers: { 'If-Match': `"${version}"` },
          body: action,
        }),
      ),
    onSettled: () => refreshImport(id),
  })
}

/** What is done to the import of a page: its parts come and go with its state, and what was refused is told above them. */
export const IMPORT_ACT: InjectionKey<ReturnType<typeof useActOnImport>> = Symbol('act on the import')

/** @throws Error outside of the page of an import */
export function useImportAct(): ReturnType<typeof useActOnImport> {
  const act = inject(IMPORT_ACT)
  if (!act) throw new Error('no import is shown here')
  return act
}

/** All that may have changed with an import. */
export async function refreshImport(id: string): Promise<void> {
  readAnew()
  await Promise.all(
    // Of the others too: one may mend rows of another.
    [['import'], ['imports'], ['import-changes', id], ['import-mappings']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  )
}

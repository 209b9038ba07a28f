import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'

/** What an undo would take back if it were done now; asked only when somebody wants to know. */
export function useUndoPreview(id: string, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: ['import-undo', id],
    queryFn: () => bodyFrom(api.GET('/v1/imports/{id}/undo-preview', { params: { path: { id } } })),
    enabled: wanted,
    staleTime: 0,
  })
}

import { useMutation, useQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

const askTwins = (id: string) => bodyFrom(api.GET('/v1/households/{id}/twins', { params: { path: { id } } }))

/** Others that may be the same household as that of an obligation. The look-up is in the trail, so it waits until somebody wants it. */
export const useTwins = (id: string) =>
  useQuery({ queryKey: ['obligation', id, 'twins'], queryFn: () => askTwins(id) })

/** Joined, or kept apart. Either can be taken back. */
export function useDecideTwin(id: string) {
  return useMutation({
    mutationFn: ({ twin, same }: { twin: string; same: boolean }) =>
      bodyFrom(
        api.PUT('/v1/households/{id}/twins/{twin}', { params: { path: { id, twin } }, body: { same } }),
      ),
    onSettled: () => readAnew(),
  })
}

export function useUndoTwin() {
  return useMutation({
    mutationFn: ({ id, twin }: { id: string; twin: string }) =>
      bodyFrom(api.DELETE('/v1/households/{id}/twins/{twin}', { params: { path: { id, twin } } })),
    onSettled: () => readAnew(),
  })
}

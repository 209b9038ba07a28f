import { useMutation, useQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

const KEY = ['audit-checks'] as const
const POLL_MS = 2_000
const askChecks = () => bodyFrom(api.GET('/v1/audit/checks'))
export type AuditCheck = Awaited<ReturnType<typeof askChecks>>['items'][number]

/** The newest checks of the sealed chain; asked again while one goes on. */
export function useAuditChecks() {
  return useQuery({
    queryKey: KEY,
    queryFn: askChecks,
    refetchInterval: ({ state }) => (state.data?.items[0]?.endedAt === null ? POLL_MS : false),
  })
}

export function useAskCheck() {
  return useMutation({
    mutationFn: () => bodyFrom(api.POST('/v1/audit/checks')),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: KEY }),
  })
}

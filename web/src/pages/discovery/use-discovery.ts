import { useMutation, useQuery } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

type NewObligation = operations['createObligation']['requestBody']['content']['application/json']
type Asked = operations['findTwins']['requestBody']['content']['application/json']

const ask = (body: Asked) => bodyFrom(api.POST('/v1/households/twins', { body }))
export type Twin = Awaited<ReturnType<typeof ask>>['items'][number]

/** Those of the ledger that may be the same household. */
export function useTwins() {
  return useMutation({ mutationFn: ask })
}

export function useOffices() {
  return useQuery({ queryKey: ['offices'], queryFn: () => bodyFrom(api.GET('/v1/offices')) })
}

export type Finding = { body: Record<string, unknown>; key: string }

/** Registers the household once, however often it is sent. */
export function useRegister() {
  return useMutation({
    mutationFn: ({ body, key }: Finding) =>
      bodyFrom(
        api.POST('/v1/obligations', {
          headers: { 'Idempotency-Key': key },
          body: body as NewObligation,
        }),
      ),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['obligations'] })
      void queryClient.invalidateQueries({ queryKey: ['home'] })
    },
  })
}

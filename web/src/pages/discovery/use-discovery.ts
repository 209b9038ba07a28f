import { useMutation } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

type NewObligation = operations['createObligation']['requestBody']['content']['application/json']
type Asked = operations['findTwins']['requestBody']['content']['application/json']

const ask = (body: Asked) => bodyFrom(api.POST('/v1/households/twins', { body }))
export type Twin = Awaited<ReturnType<typeof ask>>['items'][number]

/** Those of the ledger that may be the same household. */
export function useTwins() {
  return useMutation({ mutationFn: ask })
}

export type Finding = { body: Record<string, unknown>; key: string }

/** Registers the household once, however often it is sent. @param onDone runs also when the page was left by then */
export function useRegister(onDone: () => void) {
  return useMutation({
    mutationFn: ({ body, key }: Finding) =>
      bodyFrom(
        api.POST('/v1/obligations', {
          headers: { 'Idempotency-Key': key },
          body: body as NewObligation,
        }),
      ),
    onSuccess: onDone,
    onSettled: () => readAnew(),
  })
}

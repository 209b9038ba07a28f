import { useMutation, useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

type NewSample = operations['drawSample']['requestBody']['content']['application/json']
type Replacement = operations['replaceSampled']['requestBody']['content']['application/json']

const askSamples = () => bodyFrom(api.GET('/v1/samples'))
const askSample = (id: string) => bodyFrom(api.GET('/v1/samples/{id}', { params: { path: { id } } }))
export type Sample = Awaited<ReturnType<typeof askSample>>
export type Sampled = Sample['households'][number]

export const useSamples = () => useQuery({ queryKey: ['samples', 'list'], queryFn: askSamples })

export function useSample(id: Ref<string>) {
  return useQuery({
    queryKey: ['samples', 'one', id],
    queryFn: () => askSample(id.value),
    enabled: () => id.value !== '',
  })
}

/** Draws once, however often it is sent: the key stays with what was asked. */
export function useDraw(onDone: (id: string) => void) {
  return useMutation({
    mutationFn: ({ body, key }: { body: NewSample; key: string }) =>
      bodyFrom(api.POST('/v1/samples', { body, headers: { 'Idempotency-Key': key } })),
    onSuccess: ({ id }) => onDone(id),
    onSettled: () => readAnew(),
  })
}

export function useReplace(id: Ref<string>) {
  return useMutation({
    mutationFn: (body: Replacement) =>
      bodyFrom(api.POST('/v1/samples/{id}/replacements', { params: { path: { id: id.value } }, body })),
    onSettled: () => readAnew(),
  })
}

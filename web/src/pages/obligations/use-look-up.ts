import { useMutation } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'
import type { PersonalNumber } from './personal-number.ts'

/** The obligations of a household by its number, which travels in the body and is kept nowhere, this page included. */
export function useLookUp() {
  return useMutation({
    mutationFn: (number: PersonalNumber) => bodyFrom(api.POST('/v1/obligations/lookup', { body: number })),
    gcTime: 0,
  })
}

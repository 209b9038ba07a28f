import { useMutation } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

export type HandOn = operations['handOnOffice']['responses']['200']['content']['application/json']
type Asked = { from: string; to: string; expectedCount?: number }

/** All work of an office to another one: tried out without a count, done with the count that was seen. */
export function useHandOn() {
  return useMutation({
    mutationFn: ({ from, to, expectedCount }: Asked) =>
      bodyFrom(
        api.POST('/v1/offices/{code}/hand-on', {
          params: { path: { code: from } },
          body: {
            ...{ toOffice: to, dryRun: expectedCount === undefined },
            ...(expectedCount !== undefined && { expectedCount }),
          },
        }),
      ),
    onSettled: (_answer, _error, { expectedCount }) => (expectedCount === undefined ? undefined : readAnew()),
  })
}

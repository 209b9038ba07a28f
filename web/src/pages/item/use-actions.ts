import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { itemsDone, readAnew } from '../../api/read-anew.ts'
import { useMarkSeen } from '../../session/seen.ts'

type ActionBody = operations['actOnObligation']['requestBody']['content']['application/json']

const askActions = (id: string) =>
  bodyFrom(api.GET('/v1/obligations/{id}/possible-actions', { params: { path: { id } } }))
export type PossibleAction = Awaited<ReturnType<typeof askActions>>['items'][number]

/** Every action with whether I may do it now, and if not, why and who may. */
export function useActions(id: string) {
  return useQuery({ queryKey: ['obligation', id, 'actions'], queryFn: () => askActions(id) })
}

/** The same of whatever is chosen at the moment; nothing is asked while nothing is. */
export function useActionsOf(id: Ref<string | null>) {
  return useQuery({
    queryKey: ['obligation', id, 'actions'],
    queryFn: () => askActions(id.value ?? ''),
    enabled: computed(() => id.value !== null),
  })
}

export type Doing = { action: string; fields: Record<string, unknown>; version: number; key: string }

/**
 * Does an action once, however often it is sent: the key stays with the draft, so a lost answer is asked for again. The
 * version refuses what somebody else changed meanwhile (412). Whoever did it has seen it as it is then.
 */
export function useAct(id: string, onDone: () => void = () => undefined) {
  const markSeen = useMarkSeen()
  return useMutation({
    mutationFn: ({ action, fields, version, key }: Doing) =>
      bodyFrom(
        api.POST('/v1/obligations/{id}/actions', {
          params: { path: { id } },
          headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
          body: { action, ...fields } as ActionBody,
        }),
      ),
    // Also when the form is gone by then: a draft that was taken is no draft.
    onSuccess: (answer) => {
      itemsDone.value += 1
      markSeen([answer])
      onDone()
    },
    onSettled: () => readAnew(),
  })
}

import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, bodyFrom } from '../api/client.ts'

const askOffices = () => bodyFrom(api.GET('/v1/offices'))
export type Office = Awaited<ReturnType<typeof askOffices>>['items'][number]

/** The offices somebody may name, asked once: they change with a release or a file, not with the day. */
export function useOffices() {
  return useQuery({ queryKey: ['offices'], queryFn: askOffices, staleTime: Infinity })
}

/** Names of offices by their codes. */
export function useOfficeNames() {
  const { data } = useOffices()
  return computed(() => new Map((data.value?.items ?? []).map((o) => [o.code, o.name])))
}

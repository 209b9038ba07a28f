import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

const KEY = ['import-mappings']
const askMappings = () => bodyFrom(api.GET('/v1/import-mappings'))
export type Remembered = Awaited<ReturnType<typeof askMappings>>['items'][number]

/** What was said of columns and words before. @param may whether the person may see it */
export function useMappings(may: Readonly<Ref<boolean | undefined>>) {
  return useQuery({ queryKey: KEY, queryFn: askMappings, enabled: computed(() => may.value === true) })
}

export function useForget() {
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/v1/import-mappings/{id}', { params: { path: { id } } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  })
}

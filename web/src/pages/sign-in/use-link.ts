import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { api, bodyFrom } from '../../api/client.ts'
import { tokenIn } from './link-token.ts'

const askLink = (token: string) => bodyFrom(api.POST('/v1/password-links', { body: { token } }))
export type LinkState = Awaited<ReturnType<typeof askLink>>

/** The link that somebody came by, and whether it still holds. Looking does not use it up. */
export function useLink() {
  const route = useRoute()
  const token = computed(() => tokenIn(route.hash, route.query['token']))
  const link = useQuery({
    queryKey: ['password-link', token],
    queryFn: () => askLink(token.value),
    enabled: computed(() => token.value !== ''),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return { token, link }
}

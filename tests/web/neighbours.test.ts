import { QueryClient, VUE_QUERY_CLIENT } from '@tanstack/vue-query'
import { afterAll, expect, it, vi } from 'vitest'
import { computed, createApp, effectScope, ref } from 'vue'

vi.stubGlobal('localStorage', { getItem: () => null })
const { api } = await import('../../web/src/api/client.ts')
const { readAnew } = await import('../../web/src/api/read-anew.ts')
const { useNeighbours } = await import('../../web/src/pages/item/use-neighbours.ts')

let answers = 0
const asked = vi
  .spyOn(api, 'GET')
  .mockImplementation((() => Promise.resolve({ data: { previous: null, next: `ob_${++answers}` } })) as never)
afterAll(() => {
  asked.mockRestore()
  vi.unstubAllGlobals()
})

it('the next one stays the next while work is done on an item, and is asked for with another item', async () => {
  const client = new QueryClient()
  const app = createApp({})
  app.provide(VUE_QUERY_CLIENT, client)
  const id = ref('ob_a')
  const query = computed(() => ({}))
  const scope = effectScope()
  const { data } = app.runWithContext(() =>
    scope.run(() =>
      useNeighbours(
        computed(() => id.value),
        query,
        computed(() => null),
      ),
    ),
  )!
  await expect.poll(() => data.value?.next).toBe('ob_1')
  readAnew(client)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(asked).toHaveBeenCalledOnce()
  id.value = 'ob_b'
  await expect.poll(() => data.value?.next).toBe('ob_2')
  scope.stop()
})

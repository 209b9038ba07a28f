import { QueryClient, VUE_QUERY_CLIENT } from '@tanstack/vue-query'
import { afterAll, expect, it, vi } from 'vitest'
import { createSSRApp, defineComponent, h, shallowRef } from 'vue'
import { renderToString } from 'vue/server-renderer'

vi.stubGlobal('localStorage', { getItem: () => null })
const { api } = await import('../../web/src/api/client.ts')
const { i18n } = await import('../../web/src/words/index.ts')
const { useWordChoices } = await import('../../web/src/pages/imports/use-word-choices.ts')
type Asked = Parameters<typeof useWordChoices>[0] extends () => infer A ? A : never

/** The offices never come. */
const asked = vi.spyOn(api, 'GET').mockImplementation((() => new Promise(() => undefined)) as never)
afterAll(() => {
  asked.mockRestore()
  vi.unstubAllGlobals()
})

/** Of a form whose words and choices may change while it stands. */
async function needsOf(fields: string[], choices?: Asked) {
  const [of, offered] = [shallowRef(fields), shallowRef(choices)]
  let needs = {} as ReturnType<typeof useWordChoices>['needs']
  const form = defineComponent({
    setup() {
      needs = useWordChoices(
        () => offered.value,
        () => of.value,
      ).needs
      return () => h('form')
    },
  })
  const app = createSSRApp(form)
  app.provide(VUE_QUERY_CLIENT, new QueryClient())
  await renderToString(app.use(i18n))
  return { of, offered, isKnown: () => needs.value.isKnown }
}

it('words wait for the offices only where one of them means a town', async () => {
  const form = await needsOf(['level', 'cause'])
  expect(form.isKnown()).toBe(true)
  form.of.value = ['level', 'town']
  expect(form.isKnown()).toBe(false)
})

it('they wait no longer once the towns came with the question', async () => {
  const form = await needsOf(['town'])
  expect(form.isKnown()).toBe(false)
  form.offered.value = { town: [] } as unknown as Asked
  expect(form.isKnown()).toBe(true)
})

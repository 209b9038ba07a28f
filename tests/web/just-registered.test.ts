import { expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useJustRegistered } from '../../web/src/pages/item/just-registered.ts'

const step = { state: { position: 3, registered: true } as object | null }
vi.stubGlobal('history', {
  get state() {
    return step.state
  },
  replaceState: (state: object) => (step.state = state),
})
const shown = (id = ref('a')) => effectScope().run(() => useJustRegistered(id))!

it('is told of the item that was registered, not of the next', async () => {
  const id = ref('a')
  const isNew = shown(id)
  expect(isNew.value).toBe(true)
  id.value = 'b'
  await nextTick()
  expect(isNew.value).toBe(false)
})

it('is told once: loaded anew, or come back to, the page tells nothing', () => {
  step.state = { position: 3, registered: true }
  expect(shown().value).toBe(true)
  expect(shown().value).toBe(false)
  expect(step.state).toMatchObject({ position: 3 })
})

it('is not told of an item that was opened otherwise', () => {
  step.state = null
  expect(shown().value).toBe(false)
})

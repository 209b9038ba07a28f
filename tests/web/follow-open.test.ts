import { effectScope, ref } from 'vue'
import { expect, it } from 'vitest'
import { useFollowOpen } from '../../web/src/pages/obligations/follow-open.ts'

function begun() {
  const open = ref<string | null>(null)
  const at = ref<string | null>('a')
  const opens = effectScope().run(() => useFollowOpen(open, at))!
  /** The address changes some moments after it was asked to. */
  const opensRow = (id: string) => {
    at.value = id
    return opens(
      id,
      Promise.resolve().then(() => (open.value = id)),
    )
  }
  return { open, at, opensRow }
}

it('stands on what Back and Forward open', async () => {
  const { open, at, opensRow } = begun()
  await opensRow('a')
  open.value = null
  at.value = 'c'
  open.value = 'a'
  expect(at.value).toBe('a')
  open.value = null
  expect(at.value).toBe('a')
})

it('is not called back to what the keys opened and left', async () => {
  const { at, opensRow } = begun()
  const isOpen = opensRow('b')
  at.value = 'c'
  await isOpen
  expect(at.value).toBe('c')
})

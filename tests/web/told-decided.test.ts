import { effectScope, nextTick, ref } from 'vue'
import { expect, it } from 'vitest'
import { useToldDecided } from '../../web/src/pages/obligations/told-decided.ts'

const one = (id: string) => ({ id, title: `毛坝镇 ${id}` })

function begun() {
  const id = ref('a')
  const told = effectScope().run(() => useToldDecided(id))!
  const open = async (next: string) => {
    id.value = next
    await nextTick()
  }
  return { ...told, open }
}

it('tells what was decided above the next item, and no more above a further one', async () => {
  const { decided, tell, open } = begun()
  expect(tell('accept', one('a'))).toBe(true)
  await open('b')
  expect(decided.value).toMatchObject({ id: 'a', word: 'accepted' })
  await open('c')
  expect(decided.value).toBeNull()
})

it('tells nothing of a decision that was taken back', async () => {
  const { decided, tell, open } = begun()
  tell('return', one('a'))
  await open('b')
  await open('a')
  expect(tell('undo', one('a'))).toBe(false)
  await open('b')
  expect(decided.value).toBeNull()
})

it('keeps it while something else is done with the next item', async () => {
  const { decided, tell, open } = begun()
  tell('accept', one('a'))
  await open('b')
  expect(tell('comment', one('b'))).toBe(false)
  expect(decided.value?.id).toBe('a')
})

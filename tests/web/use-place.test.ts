import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { usePlace } from '../../web/src/pages/obligations/use-place.ts'

const ids = ref<readonly string[]>([])
const at = ref<string | null>(null)
const question = ref<Record<string, string>>({})
const areOfBefore = ref(false)
const LISTED = ['a', 'b', 'c', 'd']
let scope = effectScope()
let place = () => ({ id: null as string | null, nth: -1 })

beforeEach(() => {
  scope = effectScope()
  ids.value = LISTED
  at.value = 'c'
  question.value = { kind: 'warning' }
  areOfBefore.value = false
  place = scope.run(() => usePlace(ids, at, question, areOfBefore))!
})
afterEach(() => scope.stop())

it('is where the row is listed, and stays there when it has left', async () => {
  expect(place()).toEqual({ id: 'c', nth: 2 })
  ids.value = ['a', 'b', 'd']
  await nextTick()
  expect(place().nth).toBe(2)
  ids.value = ['b', 'd']
  await nextTick()
  expect(place().nth).toBe(1)
})

/** Another question is asked, and its rows are on their way. */
async function askAnother() {
  question.value = { kind: 'checks' }
  areOfBefore.value = true
  await nextTick()
}

async function answer(rows: readonly string[]) {
  ids.value = rows
  areOfBefore.value = false
  await nextTick()
}

it('begins at the top of another question, also where the keys went on among the rows of before', async () => {
  await askAnother()
  at.value = 'd'
  await nextTick()
  expect(place()).toEqual({ id: 'd', nth: 0 })
  await answer(['b', 'a', 'x', 'y'])
  expect(place()).toEqual({ id: 'd', nth: 0 })
})

it('is where the row is listed in the answer to another question', async () => {
  await askAnother()
  await answer(['x', 'c', 'a'])
  expect(place().nth).toBe(1)
})

it('begins at the top also where the answer is there at once', async () => {
  question.value = { kind: 'checks' }
  ids.value = ['a', 'b', 'x']
  await nextTick()
  expect(place().nth).toBe(0)
})

it('stays where the same question is told anew', async () => {
  ids.value = ['a', 'b', 'd']
  question.value = { kind: 'warning' }
  await nextTick()
  expect(place().nth).toBe(2)
})

import { beforeEach, expect, it, vi } from 'vitest'
import { createApp, effectScope, reactive } from 'vue'
import { routeLocationKey } from 'vue-router'

vi.stubGlobal('localStorage', { getItem: () => null })
/** The steps of a browser, as the router makes them: it numbers them, and says what is behind and ahead. */
const steps: { path: string; state: object }[] = []
let at = -1
vi.stubGlobal('history', {
  get state() {
    return steps[at]?.state ?? null
  },
  replaceState: (state: object) => (steps[at]!.state = state),
})
const { useLeftPlaces } = await import('../../web/src/pages/obligations/left-places.ts')

const route = reactive({ fullPath: '' })
function push(path: string): void {
  steps.splice(at + 1, Infinity, { path, state: { position: at + 1, forward: null } })
  if (at >= 0) steps[at]!.state = { ...steps[at]!.state, forward: path }
  at += 1
  route.fullPath = path
}
function go(by: number): void {
  at += by
  route.fullPath = steps[at]!.path
}

const LIST = '/obligations?standing=all'
/** The list as it is shown first, with one row chosen in it afterwards. @returns what was chosen when it was left */
function shown(row: string): { before: string[]; leave: () => void } {
  const app = createApp({})
  app.provide(routeLocationKey, route as never)
  const scope = effectScope()
  const now = () => ({ at: row, chosen: new Set([row]) })
  const before = app.runWithContext(() =>
    scope.run(() =>
      useLeftPlaces(
        () => LIST,
        now,
        () => undefined,
      ),
    ),
  )
  return { before: [...(before?.chosen ?? [])], leave: () => scope.stop() }
}

beforeEach(() => {
  steps.splice(0)
  at = -1
  push('/')
  push(LIST)
})

it('Back restores what was chosen, and Forward too', () => {
  const first = shown('a')
  expect(first.before).toEqual([])
  push('/obligations/a')
  first.leave()
  go(-1)
  const second = shown('a')
  expect(second.before).toEqual(['a'])
  go(-1)
  second.leave()
  go(1)
  const third = shown('a')
  expect(third.before).toEqual(['a'])
  third.leave()
})

it('nothing is chosen in a list that is opened anew at the same step', () => {
  const first = shown('a')
  go(-1)
  first.leave()
  push(LIST)
  const second = shown('b')
  expect(second.before).toEqual([])
  second.leave()
})

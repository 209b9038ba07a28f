import { readdirSync, readFileSync } from 'node:fs'
import { ref } from 'vue'
import { expect, it } from 'vitest'
import { Problem } from '../../web/src/api/problem.ts'
import { useNeeded } from '../../web/src/parts/needed.ts'

/** A question, and how often it was asked again. */
function asked() {
  const again = { count: 0 }
  const fetchStatus = ref<'fetching' | 'paused' | 'idle'>('fetching')
  const answer = { data: ref<unknown>(undefined), error: ref<Error | null>(null), fetchStatus }
  return { ...answer, again, refetch: () => (again.count += 1) }
}

it('a form is known once all it rests on was answered', () => {
  const [one, other] = [asked(), asked()]
  const needs = useNeeded(one, other)
  expect(needs.value).toMatchObject({ isKnown: false, problem: null })
  one.data.value = { items: [] }
  expect(needs.value.isKnown).toBe(false)
  other.data.value = null
  expect(needs.value.isKnown).toBe(true)
  expect(useNeeded().value.isKnown).toBe(true)
})

it('what failed is told, and alone asked for again', () => {
  const [one, other] = [asked(), asked()]
  const needs = useNeeded(one, other)
  one.error.value = new Problem(503, { detail: '暂时连不上' })
  expect(needs.value).toMatchObject({ isKnown: false, problem: { detail: '暂时连不上' } })
  needs.value.retry()
  expect([one.again.count, other.again.count]).toEqual([1, 0])
})

it('what was read once counts, though it could not be read anew', () => {
  const one = asked()
  one.data.value = { items: [] }
  one.error.value = new Problem(0, { detail: '没有连上' })
  expect(useNeeded(one).value).toMatchObject({ isKnown: true, problem: null })
})

it('what waits for the network is told, until it is there', () => {
  const [one, other] = [asked(), asked()]
  const needs = useNeeded(one, other)
  expect(needs.value.isOffline).toBe(false)
  other.fetchStatus.value = 'paused'
  expect(needs.value).toMatchObject({ isKnown: false, problem: null, isOffline: true })
  other.data.value = { items: [] }
  expect(needs.value.isOffline).toBe(false)
})

/** What forms offer to choose from, or send by default. */
const OFFERED = /\buse(Offices|Campaigns)\(\)/
const ROOT = new URL('../../web/src/', import.meta.url)
const pages = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.vue'))
  .map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')] as const)

/** Or have what they rest on handed to them, or from what they offer it by. */
const NEEDING = /\bneeds: Needed\b|\bneeds\b[^=]*= use|useNeeded\(/
const buttonsOf = (text: string) => text.match(/<MainButton\b[^>]*>/g) ?? []
/** Every button of a form, not one of them. */
const waits = (text: string) =>
  text.includes('<form v-if="needs.') || buttonsOf(text).every((button) => button.includes(':needs='))

it('no form that offers offices or campaigns, or rests on what is handed to it, can be sent before that is known', () => {
  const resting = pages.filter(
    ([path, text]) =>
      path !== 'parts/main-button.vue' &&
      (OFFERED.test(text) || NEEDING.test(text)) &&
      buttonsOf(text).length > 0,
  )
  expect(resting.map(([path]) => path)).toEqual(
    expect.arrayContaining(['pages/imports/words-form.vue', 'pages/admin/calendar-change-form.vue']),
  )
  expect(resting.length).toBeGreaterThanOrEqual(10)
  expect(resting.filter(([, text]) => !waits(text)).map(([path]) => path)).toEqual([])
})

it('a button that does not wait is found beside one that does', () => {
  expect(waits('<MainButton :needs="needs">a</MainButton>')).toBe(true)
  expect(waits('<MainButton :needs="needs">a</MainButton><MainButton :busy="busy">b</MainButton>')).toBe(
    false,
  )
  expect(NEEDING.test('const { choicesOf, needs } = useWordChoices(')).toBe(true)
})

it('a form that cannot be sent says why', () => {
  const silent = pages.filter(([, text]) => text.includes('useNeeded(') && !text.includes('<NeededLine'))
  // They tell of it themselves, or by the form within.
  expect(silent.map(([path]) => path).sort()).toEqual([
    'pages/admin/calendar-page.vue',
    'pages/admin/policies-page.vue',
  ])
})

import { readdirSync, readFileSync } from 'node:fs'
import { ref } from 'vue'
import { expect, it } from 'vitest'
import { Problem } from '../../web/src/api/problem.ts'
import { useNeeded } from '../../web/src/parts/needed.ts'

/** A question, and how often it was asked again. */
function asked() {
  const again = { count: 0 }
  const answer = { data: ref<unknown>(undefined), error: ref<Error | null>(null) }
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

/** What forms offer to choose from, or send by default. */
const OFFERED = /\buse(Offices|Campaigns)\(\)/
const ROOT = new URL('../../web/src/', import.meta.url)
const pages = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.vue'))
  .map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')] as const)

it('no form that offers offices or campaigns can be sent before these are known', () => {
  const offering = pages.filter(([, text]) => OFFERED.test(text) && text.includes('<MainButton'))
  expect(offering.length).toBeGreaterThanOrEqual(6)
  const waits = (text: string) => /<MainButton[^>]*:needs=/.test(text) || text.includes('<form v-if="needs.')
  expect(offering.filter(([, text]) => !waits(text)).map(([path]) => path)).toEqual([])
})

it('a form that cannot be sent says why', () => {
  const silent = pages.filter(([, text]) => text.includes('useNeeded(') && !text.includes('<NeededLine'))
  // They tell of it themselves, or by the form within.
  expect(silent.map(([path]) => path).sort()).toEqual([
    'pages/admin/calendar-page.vue',
    'pages/admin/policies-page.vue',
  ])
})

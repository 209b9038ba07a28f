import { nextTick } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, text: string) => void kept.set(name, text),
  removeItem: (name: string) => void kept.delete(name),
})
const { useDraft } = await import('../../web/src/session/draft.ts')
const START = { name: '', level: 'yellow' }

beforeEach(() => kept.clear())

it('what was typed is there again, with its key, when the page is read again', async () => {
  const { draft } = useDraft('new', 'discovery', START)
  draft.fields['name'] = '赵小河'
  await nextTick()
  const again = useDraft('new', 'discovery', START)
  expect(again.wasKept).toBe(true)
  expect(again.draft).toEqual(draft)
})

it('what stands there before anything is typed is no draft', async () => {
  const { draft } = useDraft('new', 'discovery', START)
  draft.fields['name'] = '赵'
  draft.fields['name'] = ''
  await nextTick()
  expect([useDraft('new', 'discovery', START).wasKept, kept.size]).toEqual([false, 0])
})

it('a form that stays open begins anew, under a new key, once its draft was taken', async () => {
  const { draft, restart } = useDraft('new', 'problem', START)
  const { key } = draft
  draft.fields['name'] = '赵小河'
  restart()
  await nextTick()
  expect([draft.fields, draft.key === key, kept.size]).toEqual([START, false, 0])
})

import { expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null })
const { stillListed } = await import('../../web/src/pages/obligations/use-row-choice.ts')

it('what has left the list meanwhile is chosen no more', () => {
  const chosen = new Set(['ob_1', 'ob_2'])
  expect([...stillListed(chosen, [{ id: 'ob_2' }, { id: 'ob_3' }])]).toEqual(['ob_2'])
  expect(stillListed(chosen, [{ id: 'ob_2' }, { id: 'ob_1' }])).toBe(chosen)
})

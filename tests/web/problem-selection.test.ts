import { createApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { describe, expect, it } from 'vitest'
import { campaignOfNew } from '../../web/src/pages/problems/campaign-of-new.ts'
import { useSelection } from '../../web/src/pages/problems/use-selection.ts'

const EVERYTHING = { campaign: '', office: '', state: '', origin: '', type: '' }

/** The page as it was opened at an address. */
async function openedAt(address: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/problems', component: {} }],
  })
  await router.push(address)
  const selection = createApp({})
    .use(router)
    .runWithContext(() => useSelection())
  return { router, selection }
}

describe('what the page of problems selects', () => {
  it('is what the link says, and everything again once the menu leads to the page', async () => {
    const { router, selection } = await openedAt('/problems?campaign=ca_1&office=maoba')
    expect(selection.value).toEqual({ ...EVERYTHING, campaign: 'ca_1', office: 'maoba' })
    await router.push('/problems?campaign=ca_2')
    expect(selection.value).toEqual({ ...EVERYTHING, campaign: 'ca_2' })
    await router.push('/problems')
    expect(selection.value).toEqual(EVERYTHING)
  })

  it('is left by its parts, and the rest stays in the address', async () => {
    const { router, selection } = await openedAt('/problems?campaign=ca_1&office=maoba')
    const isThere = new Promise((resolve) => router.afterEach(resolve))
    selection.value = { ...selection.value, campaign: '', state: 'open' }
    await isThere
    expect(router.currentRoute.value.query).toEqual({ office: 'maoba', state: 'open' })
    expect(selection.value).toEqual({ ...EVERYTHING, office: 'maoba', state: 'open' })
  })
})

describe('the campaign a new problem goes to', () => {
  const OF_2025 = { id: 'ca_2025', year: 2025, state: 'closed' } as const
  const OF_2026 = { id: 'ca_2026', year: 2026, state: 'open' } as const
  const OF_2027 = { id: 'ca_2027', year: 2027, state: 'open' } as const

  it('is that of this year, though the next is launched already', () => {
    expect(campaignOfNew([OF_2027, OF_2026, OF_2025], '2026-12-20')).toBe(OF_2026)
  })

  it('is none where that of this year is closed or not launched', () => {
    expect(campaignOfNew([OF_2026, OF_2025], '2025-12-20')).toBeUndefined()
    expect(campaignOfNew([OF_2026], '2028-01-02')).toBeUndefined()
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import type { TemplateItem } from '../../../src/domain/obligation/campaign-template.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { registerPhaseItems } from '../../../src/services/campaigns/phase-items.ts'
import { campaignById, startCampaign } from '../../../src/services/campaigns/store.ts'
import { phasesOf } from '../../../src/services/campaigns/phases.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'

const NOW = instantAt('2022-06-01', '09:00')
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(NOW)
})
afterAll(() => database.drop())

const item = (code: string, more: Pick<TemplateItem, 'kind' | 'partner' | 'period'>): TemplateItem => ({
  ...{ code, title: code, owner: { every: 'town' }, clause: 'R4' },
  ...more,
})

/** As a release with other kinds may have stored it: today's schema of templates would refuse the last two. */
const ITEMS = [
  item('1', { kind: 'comparison', partner: 'housing', period: 'H1' }),
  item('2', { kind: 'launch' }),
  item('3', { kind: 'spot-check', partner: 'housing', period: 'H1' }),
  item('4', { kind: 'screening', partner: 'health', period: 'x'.repeat(21) }),
]

it('a phase opens with the facts its kinds take, and leaves out what they do not', async () => {
  const found = await inTransaction(database.pool, async (tx) => {
    const phase = {
      code: 'screening',
      title: '比对排查',
      opens: '06-01',
      due: '06-15',
      clause: 'R4',
    } as const
    const phases = [{ ...phase, gate: { waitsFor: 'own' as const }, items: ITEMS }]
    const template = { code: 't', title: 't', source: 't', comparisons: [], phases }
    const id = await startCampaign(tx, { county: COUNTY, year: 2022, template }, NOW)
    const [opened] = await phasesOf(tx, id)
    await registerPhaseItems(tx, (await campaignById(tx, id))!, opened!, { now: NOW, wallNow: NOW })
    return rows(tx, 'select title, facts from obligations where office = $1 order by title', [TOWN])
  })
  expect(found).toEqual([
    { title: '1', facts: { partner: 'housing', period: 'H1' } },
    { title: '2', facts: {} },
    { title: '3', facts: {} },
    { title: '4', facts: { partner: 'health' } },
  ])
})

it('what no office of the county does any more is owed by the bureau, and not lost', async () => {
  const found = await inTransaction(database.pool, async (tx) => {
    const items = [{ ...item('5', { kind: 'launch' }), owner: { duty: 'nobody-does-it' } }]
    const phase = {
      code: 'screening',
      title: '比对排查',
      opens: '06-01',
      due: '06-15',
      clause: 'R4',
    } as const
    const phases = [{ ...phase, gate: { waitsFor: 'own' as const }, items }]
    const template = { code: 't', title: 't', source: 't', comparisons: [], phases }
    const id = await startCampaign(tx, { county: COUNTY, year: 2021, template }, NOW)
    const [opened] = await phasesOf(tx, id)
    await registerPhaseItems(tx, (await campaignById(tx, id))!, opened!, { now: NOW, wallNow: NOW })
    return {
      owed: await rows(tx, 'select title, office from obligations where campaign = $1', [id]),
      trail: await rows(tx, 'select action, detail from audit_events where subject = $1', [id]),
    }
  })
  expect(found).toEqual({
    owed: [{ title: '5', office: COUNTY }],
    trail: [{ action: 'campaign.fall-to-bureau', detail: { phase: 'screening', items: ['5'] } }],
  })
})

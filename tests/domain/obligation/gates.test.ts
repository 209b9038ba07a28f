import type { Day } from '../../../src/domain/time/days.ts'
import type { Kind, Phase } from '../../../src/domain/obligation/vocabulary.ts'
import { describe, expect, it } from 'vitest'
import { type GateItem, type GateRule, gateStatusOf } from '../../../src/domain/obligation/gates.ts'

const item = (id: string, more: Partial<GateItem> = {}): GateItem => ({
  id,
  title: id,
  state: 'open',
  dueOn: '2022-09-20',
  kind: 'warning',
  phase: 'verification',
  ...more,
})
const outlives = (kind: Kind) => kind === 'monitoring-visit'
const gate = (code: Phase, waitsFor: GateRule['waitsFor'], items: GateItem[], dueOn: Day) =>
  gateStatusOf({ code, gate: { waitsFor }, dueOn }, items, outlives)
const ids = (items: GateItem[]) => items.map((i) => i.id)

describe('the gate of a phase', () => {
  it.each(['own', 'own-due-by-end'] as const)('opens when nothing of the phase is left (%s)', (waitsFor) => {
    const items = [
      item('done', { state: 'accepted' }),
      item('withdrawn', { state: 'cancelled' }),
      item('other', { phase: 'launch' }),
    ]
    expect(gate('verification', waitsFor, items, '2022-09-30')).toEqual({
      ready: true,
      blockers: [],
      carriedOver: [],
    })
  })

  it.each(['open', 'submitted', 'returned', 'suspended'] as const)('names what is %s', (state) => {
    const { ready, blockers } = gate(
      'launch',
      'own',
      [item('maoba', { state, phase: 'launch' })],
      '2022-05-31',
    )
    expect(ready).toBe(false)
    expect(ids(blockers)).toEqual(['maoba'])
  })

  it('of verification waits for warnings due up to its last day and carries later ones over (R14)', () => {
    const items = [item('in-time', { dueOn: '2022-09-30' }), item('later', { dueOn: '2022-10-08' })]
    const { ready, blockers, carriedOver } = gate('verification', 'own-due-by-end', items, '2022-09-30')
    expect({ ready, blockers: ids(blockers), carriedOver: ids(carriedOver) }).toEqual({
      ready: false,
      blockers: ['in-time'],
      carriedOver: ['later'],
    })
    expect(gate('verification', 'own-due-by-end', items.slice(1), '2022-09-30').ready).toBe(true)
  })

  it('of zero-out waits for everything of the year but the visits that outlive it (R15, R16)', () => {
    const items = [
      item('problem', { kind: 'rectification', phase: 'zero-out' }),
      item('carried', { dueOn: '2022-12-20' }),
      item('visit', { kind: 'monitoring-visit', phase: null }),
    ]
    const { ready, blockers, carriedOver } = gate('zero-out', 'campaign', items, '2022-12-15')
    expect({ ready, blockers: ids(blockers), carriedOver: ids(carriedOver) }).toEqual({
      ready: false,
      blockers: ['problem', 'carried'],
      carriedOver: ['visit'],
    })
    expect(gate('zero-out', 'campaign', items.slice(2), '2022-12-15').ready).toBe(true)
  })

  it('follows the data, not the name of its phase', () => {
    const items = [item('later', { phase: 'launch', dueOn: '2022-06-30' }), item('other')]
    const blockersOf = (waitsFor: GateRule['waitsFor']) =>
      ids(gate('launch', waitsFor, items, '2022-05-31').blockers)
    expect(blockersOf('own')).toEqual(['later'])
    expect(blockersOf('own-due-by-end')).toEqual([])
    expect(blockersOf('campaign')).toEqual(['later', 'other'])
  })
})

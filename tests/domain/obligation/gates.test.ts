import { describe, expect, it } from 'vitest'
import { gate, type GateItem } from '../../../src/domain/obligation/gates.ts'

const item = (id: string, more: Partial<GateItem> = {}): GateItem => ({
  id,
  title: id,
  state: 'open',
  dueOn: '2022-09-20',
  kind: 'warning',
  phase: 'verification',
  ...more,
})
const ids = (items: GateItem[]) => items.map((i) => i.id)

describe('the gate of a phase', () => {
  it('opens when nothing of the phase is left', () => {
    const items = [
      item('done', { state: 'accepted' }),
      item('withdrawn', { state: 'cancelled' }),
      item('other', { phase: 'launch' }),
    ]
    expect(gate('verification', items, '2022-09-30')).toEqual({ ready: true, blockers: [], carriedOver: [] })
  })

  it.each(['open', 'submitted', 'returned', 'suspended'] as const)('names what is %s', (state) => {
    const { ready, blockers } = gate('launch', [item('maoba', { state, phase: 'launch' })], '2022-05-31')
    expect(ready).toBe(false)
    expect(ids(blockers)).toEqual(['maoba'])
  })

  it('of verification waits for warnings due up to its last day and carries later ones over (R14)', () => {
    const items = [item('in-time', { dueOn: '2022-09-30' }), item('later', { dueOn: '2022-10-08' })]
    const { ready, blockers, carriedOver } = gate('verification', items, '2022-09-30')
    expect({ ready, blockers: ids(blockers), carriedOver: ids(carriedOver) }).toEqual({
      ready: false,
      blockers: ['in-time'],
      carriedOver: ['later'],
    })
    expect(gate('verification', items.slice(1), '2022-09-30').ready).toBe(true)
  })

  it('of zero-out waits for everything of the year but the visits that outlive it (R15, R16)', () => {
    const items = [
      item('problem', { kind: 'rectification', phase: 'zero-out' }),
      item('carried', { dueOn: '2022-12-20' }),
      item('visit', { kind: 'monitoring-visit', phase: null }),
    ]
    const { ready, blockers, carriedOver } = gate('zero-out', items, '2022-12-15')
    expect({ ready, blockers: ids(blockers), carriedOver: ids(carriedOver) }).toEqual({
      ready: false,
      blockers: ['problem', 'carried'],
      carriedOver: ['visit'],
    })
    expect(gate('zero-out', items.slice(2), '2022-12-15').ready).toBe(true)
  })
})

import { expect, it } from 'vitest'
import { type Audience, distinctAudiences, gravityOf } from '../../../src/domain/escalation/audience.ts'

const HOLDER: Audience = { to: 'holder' }
const HEAD: Audience = { to: 'rung', rung: 1, roles: ['town-head'] }
const LEADER: Audience = { to: 'rung', rung: 3, roles: ['bureau-leader'] }
const copyFor = (role: 'town-head' | 'auditor'): Audience => ({ to: 'copy', rung: 3, roles: [role] })

it('a high rung weighs more than a low one, a rung more than the holder, and the holder more than a copy', () => {
  const weights = [LEADER, HEAD, HOLDER, copyFor('town-head')].map(gravityOf)
  expect(weights).toEqual([...weights].sort((a, b) => b - a))
  expect(new Set(weights).size).toBe(4)
})

it('an audience counts once, in its first place', () => {
  expect(distinctAudiences([HOLDER, HEAD, { ...HOLDER }, { ...HEAD }, LEADER])).toEqual([
    HOLDER,
    HEAD,
    LEADER,
  ])
})

it('two copies of one rung for different roles are two audiences', () => {
  const copies = [copyFor('town-head'), copyFor('auditor')]
  expect(distinctAudiences([...copies, copyFor('town-head')])).toEqual(copies)
})

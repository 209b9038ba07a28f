import { expect, test } from 'vitest'
import { instantAt } from '../../../src/domain/time/days.ts'
import type { Audience } from '../../../src/domain/escalation/audience.ts'
import { makeDirectory } from '../../../src/domain/escalation/directory.ts'
import { inPlaceOf } from '../../../src/domain/escalation/in-place-of.ts'
import { type Rule, ruleByCode } from '../../../src/domain/escalation/policy.ts'
import { holding, OFFICES, POLICY, STAFF } from '../county.ts'

const ORANGE = ruleByCode(POLICY, 'warning-orange')
const FIRST: Audience = { to: 'rung', rung: 1, roles: ['town-head'], whom: 'first' }
const RELIEF = STAFF.filter((h) => h.role === 'relief-centre').map((h) => h.personId)
/** Maoba has a second head. */
const TWO_HEADS = [...STAFF, holding('head-2', 'maoba', 'town-head')]

function inPlace(
  person: string,
  { told = [], audience = FIRST, staff = TWO_HEADS, rule = ORANGE }: Given = {},
): string[] {
  const held = { office: 'maoba', person: null }
  const directory = makeDirectory(OFFICES, staff)
  const found = inPlaceOf({ person, audience, told }, rule, held, directory, instantAt('2022-06-13', '08:30'))
  return found ? [`rung ${found.audience.rung}`, ...found.people] : []
}
type Given = { told?: string[]; audience?: Audience; staff?: typeof STAFF; rule?: Rule }

test('a first of a role whom no mail reaches is followed by the second of it', () => {
  expect(inPlace('head')).toEqual(['rung 1', 'head-2'])
})

test('a second whom no mail reaches either is followed by the next rung', () => {
  expect(inPlace('head-2', { told: ['head', 'head-2'] })).toEqual(['rung 2', ...RELIEF])
})

test('a rung that told all of its role has nobody left: the next rung is told', () => {
  const all: Audience = { to: 'rung', rung: 1, roles: ['town-head'] }
  expect(inPlace('head', { audience: all })).toEqual(['rung 2', ...RELIEF])
})

test('a second who is late himself is passed over', () => {
  const staff = [...STAFF, holding('officer', 'maoba', 'town-head')]
  expect(inPlace('head', { staff })).toEqual(['rung 2', ...RELIEF])
})

test('the first of the next rung is not whom no mail reaches', () => {
  const ladder = ORANGE.ladder.map((rung) => ({ ...rung, whom: 'first' as const }))
  const staff = [holding('head', 'jiuzhu', 'relief-centre'), ...STAFF]
  const [rung, ...people] = inPlace('head', { staff, rule: { ...ORANGE, ladder } })
  expect(rung).toBe('rung 2')
  expect(people).not.toContain('head')
  expect(people).toHaveLength(1)
})

test('after the last rung nobody is left, and a copy has nobody in its place', () => {
  const leader: Audience = { to: 'rung', rung: 3, roles: ['bureau-leader'] }
  expect(inPlace('leader', { audience: leader })).toEqual([])
  expect(inPlace('head', { audience: { to: 'copy', rung: 2, roles: ['town-head'] } })).toEqual([])
})

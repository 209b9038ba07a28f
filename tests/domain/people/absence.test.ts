import { describe, expect, it } from 'vitest'
import {
  absenceFault,
  isBarred,
  type Candidate,
  type Colleague,
  rolesOn,
  effectiveSubstitute,
} from '../../../src/domain/people/absence.ts'
import type { Role } from '../../../src/domain/obligation/vocabulary.ts'
import { holding } from '../county.ts'

const TODAY = '2022-06-13'
const there = (id: string, more: Partial<Colleague> = {}): Colleague => ({
  ...{ id, active: true, absentFrom: null, absentUntil: null, substitute: null },
  ...more,
})
const away = (id: string, substitute: string | null, more: Partial<Colleague> = {}) =>
  there(id, { absentFrom: '2022-06-01', absentUntil: '2022-06-30', substitute, ...more })
const known = (...colleagues: Colleague[]) => new Map(colleagues.map((c) => [c.id, c]))

describe('the effective substitute', () => {
  it.each<[string, Colleague[], string | null]>([
    [
      'who is there, for themselves, whatever substitute stands in the register',
      [there('a', { substitute: 'b' }), there('b')],
      'a',
    ],
    ['the substitute of who is away', [away('a', 'b'), there('b')], 'b'],
    [
      'also on the first and the last day',
      [away('a', 'b', { absentFrom: TODAY, absentUntil: TODAY }), there('b')],
      'b',
    ],
    ['nobody else the day before', [away('a', 'b', { absentFrom: '2022-06-14' }), there('b')], 'a'],
    ['nobody else the day after', [away('a', 'b', { absentUntil: '2022-06-12' }), there('b')], 'a'],
    [
      'as long as it takes where no end is entered',
      [away('a', 'b', { absentFrom: '2020-01-01', absentUntil: null }), there('b')],
      'b',
    ],
    ['nobody where no substitute is named', [away('a', null)], null],
    [
      'the substitute of the substitute who is away too, and so on',
      [away('a', 'b'), away('b', 'c'), away('c', 'd'), there('d')],
      'd',
    ],
    ['nobody where the substitute is away without one', [away('a', 'b'), away('b', null)], null],
    ['nobody where substitutes go round', [away('a', 'b'), away('b', 'c'), away('c', 'b')], null],
    ['nobody where the substitute is disabled', [away('a', 'b'), there('b', { active: false })], null],
    [
      'not the substitute of a disabled substitute',
      [away('a', 'b'), away('b', 'c', { active: false }), there('c')],
      null,
    ],
    ['nobody for who is disabled', [away('a', 'b', { active: false }), there('b')], null],
    ['nobody who is not known', [away('a', 'b')], null],
  ])('%s', (_what, colleagues, expected) => {
    expect(effectiveSubstitute('a', known(...colleagues), TODAY)).toBe(expected)
  })
})

describe('the roles that somebody may use', () => {
  const roles = (person: string, colleagues: Colleague[], held = HELD) =>
    rolesOn(person, held, known(...colleagues), TODAY).map(
      (h) => `${h.role}${h.onBehalfOf ? ` for ${h.onBehalfOf}` : ''}`,
    )
  const HELD = [holding('a', 'maoba', 'town-head'), holding('b', 'maoba', 'town-officer')]

  it('are their own and those of the people they stand in for', () => {
    expect(roles('b', [away('a', 'b'), there('b')])).toEqual(['town-officer', 'town-head for a'])
    expect(roles('b', [there('a'), there('b')])).toEqual(['town-officer'])
  })

  it('stay their own during an absence, but they then stand in for nobody', () => {
    expect(roles('a', [away('a', 'b'), there('b')])).toEqual(['town-head'])
    expect(roles('b', [away('a', 'b'), away('b', null)])).toEqual(['town-officer'])
  })

  it('end with the term, for a substitute too', () => {
    const over = HELD.map((h) => ({ ...h, validUntil: '2022-06-12' }))
    expect(roles('b', [away('a', 'b'), there('b')], over)).toEqual([])
    const begins = HELD.map((h) => ({ ...h, validFrom: TODAY, validUntil: TODAY }))
    expect(roles('b', [away('a', 'b'), there('b')], begins)).toEqual(['town-officer', 'town-head for a'])
  })
})

it.each<[string, Role[], Role[], boolean]>([
  ['an administrator stays out of a town’s work', ['administrator'], ['town-officer'], true],
  [
    'an auditor out of whatever is more than oversight',
    ['auditor'],
    ['administrator', 'relief-centre'],
    true,
  ],
  ['one may stand in for the other', ['auditor'], ['administrator'], false],
  ['an officer may stand in for a head', ['town-officer'], ['town-head'], false],
  ['a leader may stand in for an administrator', ['bureau-leader'], ['administrator'], false],
])('%s', (_what, candidate, absent, barred) => expect(isBarred(candidate, absent)).toBe(barred))

describe('an absence', () => {
  const b = { id: 'b', name: '乙', active: true, sameCounty: true, leadsTo: ['c', 'd'], barred: false }
  const fault = (
    more: { from?: string; until?: string | null; substitute?: string | null },
    candidate: Candidate = b,
    by: string | null = 'a',
  ) =>
    absenceFault(
      'a',
      { from: '2022-06-13', until: '2022-06-20', substitute: 'b', ...more },
      { candidate, by, today: TODAY },
    )

  it.each([[{}], [{ until: null }], [{ from: '2022-06-01' }], [{ until: TODAY }]])(
    '%j is accepted',
    (more) => {
      expect(fault(more)).toBeNull()
    },
  )

  it.each([
    ['ends before it begins', fault({ until: '2022-06-12' }), 'until', '早于'],
    ['is over', fault({ from: '2022-06-01', until: '2022-06-12' }), 'until', '已经过去'],
    ['names nobody known', fault({}, null), 'substitute', '本县'],
    ['names somebody of another county', fault({}, { ...b, sameCounty: false }), 'substitute', '本县'],
    ['names oneself', fault({}, { ...b, id: 'a' }), 'substitute', '自己不能代理自己'],
    ['names somebody disabled', fault({}, { ...b, active: false }), 'substitute', '已停用'],
    ['is another’s, and names who enters it', fault({}, b, 'b'), 'substitute', '不能把自己'],
    ['is another’s, and comes to who enters it by a chain', fault({}, b, 'd'), 'substitute', '不能把自己'],
    ['names who watches over that work', fault({}, { ...b, barred: true }), 'substitute', '审计员'],
  ])('is refused when it %s', (_what, found, field, why) => {
    expect(found).toMatchObject({ field, why: expect.stringContaining(why) })
  })
})

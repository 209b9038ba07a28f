import { describe, expect, it } from 'vitest'
import { instantAt } from '../../../src/domain/time/days.ts'
import type { Audience } from '../../../src/domain/escalation/moments.ts'
import { ruleByCode } from '../../../src/domain/escalation/policy.ts'
import { type DirectoryHolding, makeDirectory } from '../../../src/domain/escalation/directory.ts'
import { resolve } from '../../../src/domain/escalation/recipients.ts'
import { nextRungAfter } from '../../../src/domain/escalation/vacant-rung.ts'
import { holding, OFFICES, POLICY, STAFF } from '../county.ts'

const NOW = instantAt('2022-06-13', '08:30')
const ORANGE = ruleByCode(POLICY, 'warning-orange')
const HOLDER: Audience = { to: 'holder' }
const rung = (n: number, ...roles: (typeof ORANGE.ladder)[number]['roles']): Audience => ({
  to: 'rung',
  rung: n,
  roles,
})
const HEAD = rung(1, 'town-head')
const RELIEF = rung(2, 'relief-centre')
const LEADER = rung(3, 'bureau-leader')

function told(
  audiences: Audience[],
  staff: DirectoryHolding[] = STAFF,
  office = 'maoba',
  person: string | null = null,
) {
  const { recipients, vacant } = resolve(
    audiences,
    ORANGE,
    { office, person },
    makeDirectory(OFFICES, staff),
    NOW,
  )
  return {
    people: recipients.map((r) => (r.passedOn ? `${r.personId} (passed on)` : r.personId)),
    vacant: vacant.map((v) => `${v.role} → ${v.passedTo}`),
  }
}
const without = (...people: string[]) => STAFF.filter((h) => !people.includes(h.personId))
const away = (
  id: string,
  substitute: string | null,
  from = '2022-06-01',
  until: string | null = '2022-06-30',
) => STAFF.map((h) => (h.personId === id ? { ...h, absentFrom: from, absentUntil: until, substitute } : h))

describe('the recipients of a reminder', () => {
  it('are all officers of the office', () => {
    expect(told([HOLDER]).people).toEqual(['officer', 'officer-2'])
  })

  it('are the named person alone, if one is named', () => {
    expect(told([HOLDER], STAFF, 'maoba', 'officer-2').people).toEqual(['officer-2'])
  })

  it('are all officers again when the named person is absent without a substitute', () => {
    expect(told([HOLDER], away('officer-2', null), 'maoba', 'officer-2').people).toEqual(['officer'])
  })

  it('are the substitute of the absent named person', () => {
    expect(told([HOLDER], away('officer-2', 'head'), 'maoba', 'officer-2').people).toEqual(['head'])
  })

  it('are a substitute who was named, while they substitute; then the officers again', () => {
    expect(told([HOLDER], away('officer', 'relief-1'), 'maoba', 'relief-1').people).toEqual(['relief-1'])
    expect(told([HOLDER], STAFF, 'maoba', 'relief-1').people).toEqual(['officer', 'officer-2'])
  })

  it('are all officers again when the named person has no role in the office any more', () => {
    const staff = STAFF.map((h) => (h.personId === 'officer-2' ? { ...h, validUntil: '2022-06-12' } : h))
    expect(told([HOLDER], staff, 'maoba', 'officer-2').people).toEqual(['officer'])
  })

  it.each([
    ['checks', ['checker']],
    ['relief', ['relief-1', 'relief-2']],
    ['bureau', ['leader']],
  ])('in %s are its own people', (office, people) => {
    expect(told([HOLDER], STAFF, office).people).toEqual(people)
  })
})

describe('the recipients on a rung', () => {
  it('hold the role in the office, else in the office above and its centres', () => {
    expect(told([HEAD]).people).toEqual(['head'])
    expect(told([RELIEF]).people).toEqual(['relief-1', 'relief-2'])
    expect(told([LEADER]).people).toEqual(['leader'])
  })

  it('are told once when they are on two rungs, for the higher one', () => {
    const both = [...without('head'), holding('officer', 'maoba', 'town-head')]
    const { recipients } = resolve(
      [HOLDER, HEAD],
      ORANGE,
      { office: 'maoba', person: null },
      makeDirectory(OFFICES, both),
      NOW,
    )
    expect(recipients).toEqual([
      { personId: 'officer', audience: HEAD, passedOn: false },
      { personId: 'officer-2', audience: HOLDER, passedOn: false },
    ])
  })

  it.each([
    ['not yet in office', { validFrom: '2022-06-14' }],
    ['no longer in office', { validUntil: '2022-06-12' }],
    ['deactivated', { active: false }],
  ])('do not include anybody who is %s', (_what, change) => {
    const staff = STAFF.map((h) => (h.personId === 'head' ? { ...h, ...change } : h))
    expect(told([HEAD], staff).vacant).toEqual(['town-head → relief-1'])
  })

  it('include somebody whose term begins or ends today', () => {
    const today = { validFrom: '2022-06-13', validUntil: '2022-06-13' }
    expect(
      told(
        [HEAD],
        STAFF.map((h) => (h.personId === 'head' ? { ...h, ...today } : h)),
      ).people,
    ).toEqual(['head'])
  })
})

describe('somebody who is absent', () => {
  it('is replaced by their substitute', () => {
    expect(told([HEAD], away('head', 'officer')).people).toEqual(['officer'])
    expect(told([HEAD], away('head', 'officer', '2022-06-01', null)).people).toEqual(['officer'])
  })

  it('is present again on the day after', () => {
    expect(told([HEAD], away('head', 'officer', '2022-06-01', '2022-06-12')).people).toEqual(['head'])
  })

  it("is replaced by the substitute's substitute, when the first is absent too", () => {
    const staff = away('head', 'officer').map((h) =>
      h.personId === 'officer' ? { ...h, absentFrom: '2022-06-10', substitute: 'officer-2' } : h,
    )
    expect(told([HEAD], staff).people).toEqual(['officer-2'])
  })

  it('leaves the rung vacant when all substitutes are absent in a circle', () => {
    const staff = away('head', 'officer').map((h) =>
      h.personId === 'officer' ? { ...h, absentFrom: '2022-06-10', substitute: 'head' } : h,
    )
    expect(told([HEAD], staff).vacant).toEqual(['town-head → relief-1'])
  })
})

describe('a vacant rung', () => {
  it('passes on to the next rung at once, and is listed', () => {
    expect(told([HEAD], without('head'))).toEqual({
      people: ['relief-1 (passed on)', 'relief-2 (passed on)'],
      vacant: ['town-head → relief-1'],
    })
    expect(told([HEAD], without('head', 'relief-1', 'relief-2')).people).toEqual(['leader (passed on)'])
  })

  it('of the holder passes on to the first rung', () => {
    expect(told([HOLDER], STAFF, 'jieling').people).toEqual(['relief-1 (passed on)', 'relief-2 (passed on)'])
  })

  it('does not turn the next rung into a passed-on one when it is told anyway', () => {
    expect(told([HEAD, RELIEF], without('head')).people).toEqual(['relief-1', 'relief-2'])
  })

  it('is listed as reaching nobody when there is nobody above', () => {
    expect(told([LEADER], without('leader'))).toEqual({ people: [], vacant: ['bureau-leader → null'] })
  })

  it('in a centre skips the town head', () => {
    expect(nextRungAfter(HOLDER, ORANGE, 'county-centre')).toEqual(rung(1, 'relief-centre'))
    expect(nextRungAfter(null, ORANGE, 'town')).toEqual(HEAD)
    expect(nextRungAfter(LEADER, ORANGE, 'town')).toBeNull()
  })
})

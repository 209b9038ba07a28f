import { describe, expect, it } from 'vitest'
import { instantAt } from '../../../src/domain/time/days.ts'
import type { Audience } from '../../../src/domain/escalation/audience.ts'
import { type Rule, ruleByCode, type Rung } from '../../../src/domain/escalation/policy.ts'
import { type DirectoryHolding, makeDirectory } from '../../../src/domain/escalation/directory.ts'
import { resolve } from '../../../src/domain/escalation/recipients.ts'
import { nextRungAfter } from '../../../src/domain/escalation/vacant-rung.ts'
import { holding, OFFICES, POLICY, STAFF } from '../county.ts'

const NOW = instantAt('2022-06-13', '08:30')
const ORANGE = ruleByCode(POLICY, 'warning-orange')
const HOLDER: Audience = { to: 'holder' }
const rung = (n: number, ...roles: Rung['roles']) => ({ to: 'rung' as const, rung: n, roles })
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
const MAOBA = { office: 'maoba', person: null }
/** Everybody who is told, with the reason. */
const reasons = (audiences: Audience[], staff: DirectoryHolding[] = STAFF) =>
  resolve(audiences, ORANGE, MAOBA, makeDirectory(OFFICES, staff), NOW).recipients
const LEADS = holding('head', 'bureau', 'bureau-leader')
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
    const both = [...without('head', 'leader'), holding('head', 'maoba', 'town-head'), LEADS]
    expect(reasons([HOLDER, HEAD, LEADER], both)).toEqual([
      { personId: 'officer', audience: HOLDER, passedOn: false },
      { personId: 'officer-2', audience: HOLDER, passedOn: false },
      { personId: 'head', audience: LEADER, passedOn: false },
    ])
  })

  it('are those and the officers where whoever is late gets a copy', () => {
    expect(told([HEAD, HOLDER]).people).toEqual(['head', 'officer', 'officer-2'])
  })

  it('are the first of those who share a role where the policy says so', () => {
    expect(told([{ ...RELIEF, whom: 'first' }]).people).toEqual(['relief-1'])
    expect(told([{ ...RELIEF, whom: 'first' }], without('relief-1')).people).toEqual(['relief-2'])
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
    expect(told([HEAD], away('head', 'checker')).people).toEqual(['checker'])
    expect(told([HEAD], away('head', 'checker', '2022-06-01', null)).people).toEqual(['checker'])
  })

  it('is present again on the day after', () => {
    expect(told([HEAD], away('head', 'officer', '2022-06-01', '2022-06-12')).people).toEqual(['head'])
  })

  it("is replaced by the substitute's substitute, when the first is absent too", () => {
    const staff = away('head', 'checker').map((h) =>
      h.personId === 'checker' ? { ...h, absentFrom: '2022-06-10', substitute: 'leader' } : h,
    )
    expect(told([HEAD], staff).people).toEqual(['leader'])
  })

  it('leaves the rung vacant when all substitutes are absent in a circle', () => {
    const staff = away('head', 'checker').map((h) =>
      h.personId === 'checker' ? { ...h, absentFrom: '2022-06-10', substitute: 'head' } : h,
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
    expect(told([RELIEF, HEAD], without('head')).people).toEqual(['relief-1', 'relief-2'])
  })

  it('is listed as reaching nobody when there is nobody above', () => {
    expect(told([LEADER], without('leader'))).toEqual({ people: [], vacant: ['bureau-leader → null'] })
  })

  it('in a centre skips the town head', () => {
    expect(nextRungAfter(HOLDER, ORANGE, 'county-centre')).toEqual(rung(1, 'relief-centre'))
    expect(nextRungAfter(null, ORANGE, 'town')).toEqual(HEAD)
    expect(nextRungAfter(LEADER, ORANGE, 'town')).toBeNull()
  })

  it('passes on to the first of the next rung where the policy tells only the first', () => {
    const [head, centre, leader] = ORANGE.ladder as [Rung, Rung, Rung]
    const rule: Rule = { ...ORANGE, ladder: [head, { ...centre, whom: 'first' }, leader] }
    expect(nextRungAfter(HEAD, rule, 'town')).toEqual({ ...RELIEF, whom: 'first' })
    const { recipients } = resolve([HEAD], rule, MAOBA, makeDirectory(OFFICES, without('head')), NOW)
    expect(recipients.map((r) => r.personId)).toEqual(['relief-1'])
  })
})

describe('a rung of only those who are late', () => {
  const both = [...without('head'), holding('officer', 'maoba', 'town-head')]
  const vacancies = (audiences: Audience[], staff: DirectoryHolding[], held = MAOBA) =>
    resolve(audiences, ORANGE, held, makeDirectory(OFFICES, staff), NOW).vacant

  it('passes on to the next rung, and is listed with its reason', () => {
    expect(told([HEAD], both).people).toEqual(['relief-1 (passed on)', 'relief-2 (passed on)'])
    expect(vacancies([HEAD], both)).toEqual([
      { role: 'town-head', reason: 'late-themselves', passedTo: 'relief-1' },
    ])
  })

  it('is told from one where nobody is', () => {
    expect(vacancies([HEAD], without('head'))).toEqual([
      { role: 'town-head', reason: 'vacant', passedTo: 'relief-1' },
    ])
  })

  it('still tells those who are late as the holders of it, once', () => {
    expect(reasons([HEAD, HOLDER], both).map((r) => `${r.personId} ${r.audience.to}`)).toEqual([
      'relief-1 rung',
      'relief-2 rung',
      'officer holder',
      'officer-2 holder',
    ])
  })

  it('is none where the substitute of its head is late', () => {
    expect(vacancies([HEAD], away('head', 'officer'))).toMatchObject([{ reason: 'late-themselves' }])
  })

  it('tells those of it who are not late, as when a colleague is', () => {
    expect(told([HEAD], both, 'maoba', 'officer-2')).toEqual({ people: ['officer'], vacant: [] })
    const held = { office: 'relief', person: 'relief-1' }
    expect(told([RELIEF], STAFF, held.office, held.person).people).toEqual(['relief-2'])
    expect(told([{ ...RELIEF, whom: 'first' }], STAFF, held.office, held.person).people).toEqual(['relief-2'])
  })

  it('passes over every such rung, and reaches nobody when nobody else is left', () => {
    const leads = [...without('leader'), holding('checker', 'bureau', 'bureau-leader')]
    expect(vacancies([LEADER], leads, { office: 'checks', person: null })).toEqual([
      { role: 'bureau-leader', reason: 'late-themselves', passedTo: null },
    ])
  })
})

describe('those who get a copy', () => {
  const COPY: Audience = { to: 'copy', rung: 3, roles: ['town-head', 'relief-centre'] }

  it('hold one of the roles, and no vacancy comes of a role that nobody holds', () => {
    expect(told([COPY])).toEqual({ people: ['head', 'relief-1', 'relief-2'], vacant: [] })
    expect(told([COPY], without('head', 'relief-1', 'relief-2'))).toEqual({ people: [], vacant: [] })
  })

  it('are told for a graver reason where there is one', () => {
    expect(reasons([COPY, HEAD]).find((r) => r.personId === 'head')?.audience).toEqual(HEAD)
    expect(reasons([HEAD, COPY]).find((r) => r.personId === 'head')?.audience).toEqual(HEAD)
    const both = [...without('head'), holding('officer', 'maoba', 'town-head')]
    expect(reasons([COPY, HOLDER], both).find((r) => r.personId === 'officer')?.audience).toEqual(HOLDER)
  })

  it('pass on to nobody', () => {
    expect(nextRungAfter(COPY, ORANGE, 'town')).toBeNull()
  })
})

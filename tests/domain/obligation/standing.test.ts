import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  worstFirst,
  countyStanding,
  type OpenGroup,
  ownStanding,
  reviewStanding,
} from '../../../src/domain/obligation/standing.ts'
import { addDays, type Day, dayOf, endOfDay, instantAt } from '../../../src/domain/time/days.ts'
import { workingDaysBetween } from '../../../src/rehearsal/expected-standing.ts'
import { simpleCalendar } from '../../../src/rehearsal/simple-calendar.ts'
import { CALENDAR } from '../county.ts'

const SIMPLE = simpleCalendar()
const TODAY = '2022-06-10'
const AT = { calendar: CALENDAR, now: instantAt(TODAY, '08:30') }

function group(over: Partial<OpenGroup> = {}): OpenGroup {
  const { dueOn = TODAY, office = 'maoba' } = over
  return {
    ...{ office, holderOffice: office, holderPerson: null, stage: 'perform', level: 'yellow' },
    ...{ dueOn, dueAt: endOfDay(dueOn), count: 1 },
    ...over,
  }
}

/** A few offices and days, so that groups meet. */
const groups = fc.array(
  fc
    .record({
      office: fc.constantFrom('maoba', 'jieling', 'donghe'),
      holderOffice: fc.constantFrom('maoba', 'jieling', 'relief'),
      stage: fc.constantFrom('perform' as const, 'review' as const, 'redo' as const),
      level: fc.constantFrom('red' as const, 'orange' as const, null),
      count: fc.integer({ min: 1, max: 4 }),
      away: fc.integer({ min: -40, max: 12 }),
    })
    .map(({ away, ...of }) => group({ ...of, dueOn: addDays(TODAY, away) })),
  { maxLength: 12 },
)
const nows = fc
  .record({ day: fc.integer({ min: -3, max: 6 }), minute: fc.integer({ min: 0, max: 1439 }) })
  .map(({ day, minute }) => instantAt(addDays(TODAY, day), '00:00') + minute * 60_000)

/** Every single obligation of the groups, one after the other. */
const single = (all: readonly OpenGroup[]) => all.flatMap((g) => Array.from({ length: g.count }, () => g))

function slowLateness(all: readonly OpenGroup[], now: number) {
  let [count, longest, red] = [0, 0, 0]
  for (const obligation of single(all)) {
    if (now < endOfDay(obligation.dueOn)) continue
    count += 1
    longest = Math.max(longest, workingDaysBetween(obligation.dueOn, dayOf(now), SIMPLE))
    if (obligation.level === 'red') red += 1
  }
  return { count, longest, red }
}

/** On a day off, what is due before the next working day is due soon; on a working day it must be done today. */
function slowDue(dueOn: Day, now: number): 'today' | 'soon' | 'later' {
  const left = workingDaysBetween(dayOf(now), dueOn, SIMPLE)
  if (dueOn === dayOf(now)) return 'today'
  if (left === 0) return SIMPLE.isWorking(dayOf(now)) ? 'today' : 'soon'
  return left <= 3 ? 'soon' : 'later'
}

describe('how things stand agrees with counting one by one', () => {
  it('for whoever performs', () => {
    fc.assert(
      fc.property(groups, nows, (all, now) => {
        const holds = (g: OpenGroup) => g.holderOffice === 'maoba'
        const handedIn = (g: OpenGroup) => g.office === 'maoba'
        const mine = all.filter((g) => g.holderOffice === 'maoba' && g.stage !== 'review')
        const running = single(mine).filter((g) => now < endOfDay(g.dueOn))
        expect(ownStanding(all, { holds, handedIn }, { calendar: CALENDAR, now })).toEqual({
          inHand: single(mine).length,
          late: slowLateness(mine, now),
          dueToday: running.filter((g) => slowDue(g.dueOn, now) === 'today').length,
          beforeDayOff: running.filter((g) => slowDue(g.dueOn, now) === 'today' && g.dueOn !== dayOf(now))
            .length,
          dueSoon: running.filter((g) => slowDue(g.dueOn, now) === 'soon').length,
          returned: single(mine).filter((g) => g.stage === 'redo').length,
          inReview: single(all).filter((g) => g.stage === 'review' && g.office === 'maoba').length,
        })
      }),
    )
  })

  it('for whoever reviews', () => {
    fc.assert(
      fc.property(groups, nows, (all, now) => {
        const waiting = single(all).filter((g) => g.stage === 'review' && g.holderOffice === 'relief')
        let oldestDueOn: Day | null = null
        for (const { dueOn } of waiting) if (oldestDueOn === null || dueOn < oldestDueOn) oldestDueOn = dueOn
        const at = { calendar: CALENDAR, now }
        expect(reviewStanding(all, (g) => g.holderOffice === 'relief', at)).toEqual({
          waiting: waiting.length,
          late: waiting.filter((g) => now >= endOfDay(g.dueOn)).length,
          oldestDueOn,
          provisional: oldestDueOn !== null && !CALENDAR.covers(oldestDueOn),
        })
      }),
    )
  })

  it('for a whole county, in which a review is not the lateness of a town', () => {
    fc.assert(
      fc.property(groups, nows, (all, now) => {
        const performing = all.filter((g) => g.stage !== 'review')
        const { late, offices } = countyStanding(all, { calendar: CALENDAR, now })
        expect(late).toEqual(slowLateness(performing, now))
        const expected = ['donghe', 'jieling', 'maoba']
          .map((office) => ({
            office,
            ...slowLateness(
              performing.filter((g) => g.office === office),
              now,
            ),
          }))
          .filter(({ count }) => count > 0)
        expect([...offices].sort((a, b) => (a.office < b.office ? -1 : 1))).toEqual(expected)
        expect(offices.reduce((sum, o) => sum + o.count, 0)).toBe(late.count)
      }),
    )
  })
})

describe('the offices of a county', () => {
  it('stand the worst first: red, then how many, then how long, then by code', () => {
    const office = (code: string, red: number, count: number, longest: number) => ({
      ...{ office: code, red, count, longest },
    })
    const sorted = [
      office('z', 1, 1, 1),
      office('y', 0, 9, 2),
      office('x', 0, 5, 20),
      office('a', 0, 5, 3),
      office('b', 0, 5, 3),
    ]
    expect([...sorted].reverse().sort(worstFirst)).toEqual(sorted)
  })

  it('are in that order whatever order the groups come in', () => {
    fc.assert(
      fc.property(groups, (all) => {
        const codes = (list: OpenGroup[]) => countyStanding(list, AT).offices.map((o) => o.office)
        expect(codes([...all].reverse())).toEqual(codes(all))
      }),
    )
  })
})

describe('at the edge of a day', () => {
  const own = (dueOn: Day, now: number) =>
    ownStanding([group({ dueOn })], { holds: () => true, handedIn: () => true }, { calendar: CALENDAR, now })

  it('an obligation is due today until 24:00, and late from then on, at first by no working day', () => {
    expect(own(TODAY, endOfDay(TODAY) - 1)).toMatchObject({ dueToday: 1, late: { count: 0 } })
    expect(own(TODAY, endOfDay(TODAY))).toMatchObject({ dueToday: 0, late: { count: 1, longest: 0 } })
    expect(own(TODAY, instantAt('2022-06-13', '08:30')).late).toEqual({ count: 1, longest: 1, red: 0 })
  })

  it('nothing at all is none of everything', () => {
    const none = { count: 0, longest: 0, red: 0 }
    expect(countyStanding([], AT)).toEqual({ late: none, offices: [] })
    expect(reviewStanding([], () => true, AT)).toEqual({
      waiting: 0,
      late: 0,
      oldestDueOn: null,
      provisional: false,
    })
  })
})

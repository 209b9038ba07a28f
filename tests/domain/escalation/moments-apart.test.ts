import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, beijingText, endOfDay, instantAt } from '../../../src/domain/time/days.ts'
import { planMoments } from '../../../src/domain/escalation/moments.ts'
import { NO_CATEGORY, ruleFor } from '../../../src/domain/escalation/policy.ts'
import { expectedMoments } from '../../../src/rehearsal/expected-moments.ts'
import { simpleCalendar } from '../../../src/rehearsal/simple-calendar.ts'
import { CALENDAR, HOURS, POLICY } from '../county.ts'

const SIMPLE = simpleCalendar()
const WORK = [
  { kind: 'warning', level: 'red' },
  { kind: 'warning', level: 'orange' },
  { kind: 'warning', level: 'yellow' },
  { kind: 'screening', level: null },
  { kind: 'rectification', level: null },
] as const

it("the product's moments agree to the minute with those the rehearsal computes apart", () => {
  const works = fc.constantFrom(
    ...(['perform', 'review', 'redo'] as const).flatMap((stage) => WORK.map((work) => ({ ...work, stage }))),
  )
  const dueDays = fc.integer({ min: 1, max: 1700 }).map((n) => CALENDAR.add('2020-01-02', n))
  fc.assert(
    fc.property(
      works,
      dueDays,
      fc.integer({ min: 0, max: 2 }),
      fc.boolean(),
      // Work may be registered long before its day, or long after it.
      fc.integer({ min: -8, max: 28 }),
      (work, working, off, isTown, begun) => {
        // A fixed day may well be a weekend or a holiday.
        const dueOn = addDays(working, off)
        const startedAt = instantAt(CALENDAR.add(dueOn, begun), '10:00')
        const until = instantAt(CALENDAR.add(dueOn, 30), '18:00')
        const expected = expectedMoments({ ...work, dueOn, startedAt }, isTown, { calendar: SIMPLE, until })
        const input = {
          dueOn,
          dueAt: endOfDay(dueOn),
          rule: ruleFor(POLICY, { ...NO_CATEGORY, ...work }),
          startedAt,
          joins: 1,
          fired: [],
        }
        const { due } = planMoments({
          ...input,
          officeKind: isTown ? 'town' : 'county-centre',
          spreadMs: 0,
          calendar: CALENDAR,
          hours: HOURS,
          now: until,
        })
        const planned = due ? [...due.collapsed, due].map((m) => beijingText(m.at)) : []
        expect(planned).toEqual(expected.filter((m) => m.at <= until).map((m) => beijingText(m.at)))
      },
    ),
  )
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, beijingText, endOfDay, instantAt } from '../../../src/domain/time/days.ts'
import { planMoments } from '../../../src/domain/escalation/moments.ts'
import { ruleByCode } from '../../../src/domain/escalation/policy.ts'
import { expectedMoments } from '../../../src/rehearsal/expected-moments.ts'
import { simpleCalendar } from '../../../src/rehearsal/simple-calendar.ts'
import { CALENDAR, HOURS, POLICY } from '../county.ts'

const SIMPLE = simpleCalendar()
const RULES = ['warning-red', 'warning-orange', 'warning-yellow', 'phase-work', 'rectification', 'review']

it("the product's moments agree to the minute with those the rehearsal computes apart", () => {
  const rules = fc.constantFrom(...RULES, ...RULES.slice(0, 5).map((code) => `${code}/redo`))
  const dueDays = fc.integer({ min: 1, max: 1700 }).map((n) => CALENDAR.add('2020-01-02', n))
  fc.assert(
    fc.property(
      rules,
      dueDays,
      fc.integer({ min: 0, max: 2 }),
      fc.boolean(),
      (rule, working, off, isTown) => {
        // A fixed day may well be a weekend or a holiday.
        const dueOn = addDays(working, off)
        const startedAt = instantAt(CALENDAR.add(dueOn, -8), '10:00')
        const until = instantAt(CALENDAR.add(dueOn, 30), '18:00')
        const expected = expectedMoments({ rule, dueOn, startedAt }, isTown, { calendar: SIMPLE, until })
        const input = {
          dueOn,
          dueAt: endOfDay(dueOn),
          rule: ruleByCode(POLICY, rule),
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

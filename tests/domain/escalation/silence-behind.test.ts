import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rungMoments } from '../../../src/domain/escalation/moments.ts'
import { ruleByCode } from '../../../src/domain/escalation/policy.ts'
import { silenceBehind } from '../../../src/domain/escalation/silence-behind.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { CALENDAR, HOURS, POLICY } from '../county.ts'

/** Due on Friday the 10th of June 2022: rungs on the 13th, the 15th and the 17th, at 08:30. */
const LADDER = {
  ...{
    dueOn: '2022-06-10' as const,
    rule: ruleByCode(POLICY, 'warning-orange'),
    officeKind: 'town' as const,
  },
  ...{ calendar: CALENDAR, hours: HOURS, spreadMs: 0 },
}
const RUNGS = rungMoments(LADDER)
const place = (told: string[], day: string, time: string) =>
  silenceBehind(LADDER, new Set(told), instantAt(day as '2022-06-10', time))

describe('late work behind another deadline', () => {
  it('is owed the first rung that lies before and was not told', () => {
    expect(place([], '2022-06-16', '09:00')).toEqual({ until: RUNGS[0]!.at - 1, owed: 'rung-1' })
    expect(place(['rung-1'], '2022-06-16', '09:00')).toEqual({ until: RUNGS[1]!.at - 1, owed: 'rung-2' })
  })

  it('is told nothing of before where all of it was told', () => {
    const now = instantAt('2022-06-16', '09:00')
    expect(place(['assigned', 'rung-1', 'rung-2'], '2022-06-16', '09:00')).toEqual({ until: now, owed: null })
  })

  it('is not told again of a rung that comes once more', () => {
    expect(place(['rung-1', 'rung-2'], '2022-06-13', '12:00')).toEqual({ until: RUNGS[1]!.at, owed: null })
  })

  it('is silent for each rung that was told, and for none that comes after the highest of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 12 }), (highest, days) => {
        const told = RUNGS.slice(0, highest).map(({ name }) => name)
        const now = instantAt(CALENDAR.add('2022-06-10', days), '12:00')
        const { until } = silenceBehind(LADDER, new Set(told), now)
        expect(RUNGS.slice(0, highest).filter(({ at }) => at > until)).toEqual([])
        expect(RUNGS.slice(highest).filter(({ at }) => at <= until)).toEqual([])
      }),
    )
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_CATEGORY, ruleFor } from '../../../src/domain/escalation/policy.ts'
import type { Level } from '../../../src/domain/obligation/vocabulary.ts'
import { addDays, type Day, instantAt } from '../../../src/domain/time/days.ts'
import { dueFromWorkingDays } from '../../../src/domain/time/limits.ts'
import { movedLimit } from '../../../src/domain/time/moved-limit.ts'
import { correctedAssignment } from '../../../src/services/obligations/corrected-assignment.ts'
import type { CorrectedRow } from '../../../src/services/obligations/corrected-row.ts'
import { CALENDAR, POLICY } from '../../domain/county.ts'

const ISSUED = '2022-03-01'

/** A warning that the town checks, with this much time more than its limit. */
function warning(level: Level, more: number): CorrectedRow {
  const { limit } = ruleFor(POLICY, { ...NO_CATEGORY, kind: 'warning', level, stage: 'perform' })
  const workingDays = 'workingDays' in limit ? limit.workingDays : 0
  const { dueOn, dueAt } = movedLimit(
    { start: ISSUED, limit: { workingDays }, pauses: [], extensions: [more] },
    CALENDAR,
  )
  return {
    ...{
      id: 'ob1',
      externalId: 'YJ1',
      county: 'bureau',
      kind: 'warning',
      title: '',
      facts: {},
      state: 'open',
    },
    ...{ office: 'maoba', filedOffice: 'maoba', reviewer: 'checks', level, cause: null, group: null },
    ...{ source: null, issuedAt: instantAt(ISSUED, '09:00'), version: 1, endedLate: false, startOn: ISSUED },
    ...{ dueAt, dueOn, provisional: false, stage: 'perform', holderOffice: 'maoba', holderPerson: null },
    ...{ holderDueOn: dueOn, workingDays, assignment: 'as1', assignmentStartOn: ISSUED, origin: null },
  } as CorrectedRow
}
const raises = fc.constantFrom<[Level, Level]>(['yellow', 'orange'], ['yellow', 'red'], ['orange', 'red'])
const raised = (
  [from, to]: [Level, Level],
  { more, newIssue, comes }: { more: number; newIssue: number | null; comes: number },
) => {
  const before = warning(from, more)
  const today = addDays(ISSUED, comes)
  const issuedAt = newIssue === null ? before.issuedAt : instantAt(addDays(ISSUED, newIssue), '09:00')
  const after = { ...before, level: to, issuedAt }
  return {
    before,
    today,
    assignment: correctedAssignment(before, after, { policy: POLICY, calendar: CALENDAR, today })!,
  }
}
const arrivals = fc.record({
  more: fc.nat({ max: 20 }),
  newIssue: fc.option(fc.nat({ max: 60 })),
  comes: fc.nat({ max: 60 }),
})

test('a raised level never gives a later day, whenever it comes and whatever was granted before', () => {
  fc.assert(
    fc.property(raises, arrivals, (levels, arrival) => {
      const { before, assignment } = raised(levels, arrival)
      expect(assignment.level).toBe(levels[1])
      expect(assignment.limit.dueOn <= before.holderDueOn!).toBe(true)
    }),
  )
})

test('it is the day from the new issue, or from the day it comes, where that is the earlier one', () => {
  fc.assert(
    fc.property(raises, arrivals, (levels, arrival) => {
      const { before, today, assignment } = raised(levels, arrival)
      const { limit } = ruleFor(POLICY, {
        ...NO_CATEGORY,
        kind: 'warning',
        level: levels[1],
        stage: 'perform',
      })
      const isNewer = arrival.newIssue !== null && arrival.newIssue > 0
      const start: Day = isNewer ? addDays(ISSUED, arrival.newIssue!) : today
      const counted = dueFromWorkingDays(
        start,
        'workingDays' in limit ? limit.workingDays : 0,
        CALENDAR,
      ).dueOn
      expect(assignment.limit.dueOn).toBe(counted < before.holderDueOn! ? counted : before.holderDueOn)
    }),
  )
})

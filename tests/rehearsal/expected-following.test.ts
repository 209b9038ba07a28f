import { expect, it } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
import { OUTCOMES } from '../../src/domain/obligation/outcomes.ts'
import { codesOf } from '../../src/domain/obligation/vocabulary.ts'
import { expectedFollowing } from '../../src/rehearsal/expected-following.ts'
import type { StoryItem } from '../../src/rehearsal/expected-history.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'

const calendar = simpleCalendar()
const AT = instantAt('2022-06-01', '10:45')
const WARNING: StoryItem = {
  ...{ item: 'YJ1', kind: 'warning', level: 'red', office: 'town', reviewer: 'relief', keyGroup: true },
}
const after = (handedIn: object, item = WARNING) => expectedFollowing(item, handedIn, AT, calendar)

it.each(codesOf(OUTCOMES))('the account, written apart, agrees with the program on %s', (outcome) => {
  const { next } = OUTCOMES[outcome]
  const kinds = { 'follow-up': 'follow-up', monitoring: 'monitoring-visit' }
  expect(after({ outcome })?.item.kind ?? null).toBe(next && kinds[next])
})

it('a visit is due sixty days on, moved to a working day, and never on a day that is over', () => {
  // 31 July is a Sunday.
  expect(after({ outcome: 'ineligible' })?.fixedDueOn).toBe('2022-08-01')
  expect(after({ finding: 'unchanged', visitedOn: '2022-03-01' })?.fixedDueOn).toBe('2022-06-02')
  expect(after({ outcome: 'ineligible' }, { ...WARNING, keyGroup: false })).toBeNull()
})

it('what follows has no level, and came after the mails of its instant', () => {
  expect(after({ outcome: 'dibao' })?.item).toMatchObject({ level: null, follows: true, office: 'town' })
})

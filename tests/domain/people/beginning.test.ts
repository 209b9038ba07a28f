import { expect, test } from 'vitest'
import { type BeginningFacts, judgeBeginning } from '../../../src/domain/people/beginning.ts'
import type { Role } from '../../../src/domain/obligation/vocabulary.ts'

const person = (name: string, office: string, role: Role, more: object = {}) => ({
  ...{ name, active: true, hasPassword: true, roles: [{ office, role }] },
  ...more,
})
const READY: BeginningFacts = {
  offices: [
    { code: 'c', name: '县局', kind: 'county-bureau', duties: [] },
    { code: 'c.jz', name: '救助中心', kind: 'county-centre', duties: ['supervision'] },
    { code: 'c.mb', name: '毛坝镇', kind: 'town', duties: [] },
  ],
  people: [
    person('局领导', 'c', 'bureau-leader'),
    person('中心', 'c.jz', 'relief-centre'),
    person('经办', 'c.mb', 'town-officer'),
    person('分管', 'c.mb', 'town-head'),
  ],
  ...{ examplePolicy: false, coversThisYear: true, coversNextYear: true },
  ...{ campaignStarted: true, mailOpen: true },
}
const open = (facts: Partial<BeginningFacts>) =>
  judgeBeginning({ ...READY, ...facts })
    .filter(({ done }) => !done)
    .map(({ code, missing }) => [code, ...missing])

test('a county that has everything has no step left', () => {
  expect(open({})).toEqual([])
})

test.each<[string, Partial<BeginningFacts>, string[][]]>([
  ['no town', { offices: READY.offices.slice(0, 2) }, [['offices']]],
  ['a town without a head', { people: READY.people.slice(0, 3) }, [['people', '毛坝镇']]],
  [
    'a head who is disabled',
    { people: [...READY.people.slice(0, 3), person('分管', 'c.mb', 'town-head', { active: false })] },
    [['people', '毛坝镇']],
  ],
  [
    'somebody without a password',
    { people: [...READY.people, person('新人', 'c.mb', 'town-officer', { hasPassword: false })] },
    [['passwords', '新人']],
  ],
  ['the example policy', { examplePolicy: true }, [['policy']]],
  ['a year without a calendar', { coversNextYear: false }, [['next-calendar']]],
  [
    'no campaign and mail that is closed',
    { campaignStarted: false, mailOpen: false },
    [['campaign'], ['mail']],
  ],
])('with %s that step is left, and names what is missing', (_what, facts, left) => {
  expect(open(facts)).toEqual(left)
})

import { expect, it } from 'vitest'
import { entryIssues } from '../../../src/domain/obligation/screening-entry.ts'

const WHEN = { from: '2022-06-01', today: '2022-06-10' }
const VISIT = { visitedOn: '2022-06-05', finding: 'eligible', follow: 'enrolled' } as const
const fieldsOf = (change: object) => entryIssues({ ...VISIT, ...change }, WHEN).map(({ field }) => field)

it('a household may stand there before anybody went, and after a whole visit', () => {
  expect(entryIssues({ visitedOn: null, finding: null, follow: null }, WHEN)).toEqual([])
  expect(fieldsOf({})).toEqual([])
  expect(fieldsOf({ visitedOn: '2022-06-01' })).toEqual([])
  expect(fieldsOf({ visitedOn: '2022-06-10' })).toEqual([])
})

it('half a visit is asked for its other half', () => {
  expect(fieldsOf({ visitedOn: null })).toEqual(['visitedOn'])
  expect(fieldsOf({ finding: null })).toEqual(['finding'])
  expect(fieldsOf({ follow: null })).toEqual(['follow'])
})

it('a day before the screening or after today is refused', () => {
  expect(fieldsOf({ visitedOn: '2022-05-31' })).toEqual(['visitedOn'])
  expect(fieldsOf({ visitedOn: '2022-06-11' })).toEqual(['visitedOn'])
})

it('only who is eligible is enrolled', () => {
  const findings = ['ineligible', 'not-in-need', 'not-found']
  expect(findings.map((finding) => fieldsOf({ finding }))).toEqual(findings.map(() => ['follow']))
  expect(fieldsOf({ finding: 'ineligible', follow: 'monitored' })).toEqual([])
})

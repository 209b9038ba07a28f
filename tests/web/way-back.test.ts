import { expect, it } from 'vitest'
import { asked } from '../../web/src/pages/obligations/asked.ts'
import { problemsOf, queryFromList, queryOf } from '../../web/src/pages/problems/way-back.ts'

const ALL = { campaign: 'ca_1', office: 'maoba', state: 'open', origin: 'inspection', type: 'policy' }
const AMONG = {
  ...{ kind: 'rectification', standing: 'all', sort: 'dueAt' },
  campaign: 'ca_1',
  office: 'maoba',
}

it('the way back from an item leads to the whole selection it was opened from', () => {
  expect(problemsOf(queryFromList(ALL))).toEqual({ name: 'problems', query: ALL })
  const bare = { campaign: '', office: '', state: '', origin: '', type: '' }
  expect(problemsOf(queryFromList(bare))).toEqual({ name: 'problems', query: {} })
})

it('the items before and after it are asked for by what the list of obligations knows', () => {
  expect(asked(queryFromList(ALL))).toEqual({ ...AMONG, state: 'open' })
})

it('what was opened beside the task of an office has no way back to the list of problems', () => {
  const query = queryOf({ office: 'maoba', campaign: 'ca_1' })
  expect(query).toEqual(AMONG)
  expect(problemsOf(query)).toBeNull()
})

import { expect, test } from 'vitest'
import { officesToManage, rolesFor } from '../../web/src/pages/admin/posts-offered.ts'
import {
  leavesWork,
  postsToHandOn,
  successorsOf,
  worksSomewhere,
} from '../../web/src/pages/admin/successors.ts'
import type { User } from '../../web/src/pages/admin/use-people.ts'
import { tokenIn } from '../../web/src/pages/sign-in/link-token.ts'
import { asked } from '../../web/src/pages/obligations/asked.ts'
import { carriedWord } from '../../web/src/pages/overview/carried-word.ts'

type Held = User['roles'][number]
const post = (office: string, role: string, until: string | null = null) =>
  ({ office, role, from: null, until }) as Held
const person = (id: string, roles: Held[], active = true) => ({ id, name: id, active, roles })

const today = '2022-06-06'
const officer = post('town', 'town-officer')
const leaving = person('leaving', [officer, post('other', 'town-head', '2022-06-05')])

test('those left are who holds the same role today and is there', () => {
  const others = [
    person('present', [officer]),
    person('left', [officer], false),
    person('elsewhere', [post('x', 'town-officer')]),
  ]
  const known = { all: [leaving, ...others], today, away: new Set<string>() }
  expect(successorsOf(leaving, officer, known)).toEqual({ state: 'there', names: ['present'] })
  expect(successorsOf(leaving, officer, { ...known, away: new Set(['present']) })).toEqual({
    ...{ state: 'away', names: ['present'] },
  })
  expect(successorsOf(leaving, officer, { ...known, all: [leaving] })).toEqual({ state: 'nobody' })
})

test('an expired role leaves nobody waiting, but what still names them comes back all the same', () => {
  expect(postsToHandOn(leaving, today)).toEqual([officer])
  const expired = person('expired', [post('town', 'town-officer', '2022-06-05')])
  expect(postsToHandOn(expired, today)).toEqual([])
  expect(worksSomewhere(expired)).toBe(true)
})

test('who only watches has no work; a second role in the office keeps it', () => {
  expect(worksSomewhere(person('auditor', [post('county', 'auditor')]))).toBe(false)
  expect(leavesWork(leaving, officer)).toBe(true)
  expect(leavesWork(person('two', [officer, post('town', 'town-head')]), officer)).toBe(false)
  expect(leavesWork(person('auditor', [post('county', 'auditor')]), post('county', 'auditor'))).toBe(false)
})

test('only offices of the counties one administers are offered, with the roles that fit', () => {
  const offices = ['sn', 'sn.ak', 'sn.ak.zy', 'sn.ak.zy.maoba', 'sn.ak.zyx'].map((code) => ({ code }))
  expect(officesToManage(offices, [{ code: 'sn.ak.zy' }]).map(({ code }) => code)).toEqual([
    'sn.ak.zy',
    'sn.ak.zy.maoba',
  ])
  expect(rolesFor({ kind: 'town' })).toEqual(['town-head', 'town-officer'])
  expect(rolesFor(undefined)).toHaveLength(7)
})

test('a link carries its secret behind the #, or in the query of earlier mails', () => {
  expect(tokenIn('#token=abc', undefined)).toBe('abc')
  expect(tokenIn('', 'old')).toBe('old')
  expect(tokenIn('#content', ['a', 'b'])).toBe('')
})

test('the list asks what the address says, without what messengers add, and passes on what it does not know', () => {
  expect(asked({ from: 'timeline', utm_source: 'x', open: 'ob_1', level: '' })).toEqual({
    ...{ sort: 'holderDueAt', standing: 'pressing' },
  })
  expect(asked({ late: 'true', standing: 'all' })).toMatchObject({ late: 'true', standing: 'all' })
  expect(asked({ level: ['red', 'orange'] })).toMatchObject({ level: ['red', 'orange'] })
  expect(asked({ mail: 'ml_1' })).not.toHaveProperty('standing')
  expect(asked({ import: 'im_1' })).not.toHaveProperty('standing')
})

test('what goes on past a phase is told by whether it is closed and the last', () => {
  expect(
    (['closed', 'open'] as const).flatMap((state) =>
      (['verification', 'zero-out'] as const).map((code) => carriedWord({ code, state })),
    ),
  ).toEqual(['carriedPast', 'carriedLast', 'carriesPast', 'carriesLast'])
})

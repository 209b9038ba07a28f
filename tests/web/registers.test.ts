import { expect, test } from 'vitest'
import { keptBy, standInsFor } from '../../web/src/pages/admin/use-absences.ts'
import type { Colleague } from '../../web/src/pages/admin/use-people.ts'
import { mayReveal } from '../../web/src/pages/reveal/may-reveal.ts'
import {
  changedBody,
  formOf,
  newBody,
  type RosterHousehold,
} from '../../web/src/pages/roster/household-body.ts'
import type { Me } from '../../web/src/session/use-me.ts'

const meWith = (role: string, more: object) =>
  ({ permissions: [], roles: [{ role }], signInNeeded: false, ...more }) as unknown as Me

test('whoever may not see a household is told what is missing: a role, the second factor, or a sign-in of the day', () => {
  const permissions = [{ code: 'households:reveal' }]
  expect(mayReveal(meWith('town-officer', { permissions }))).toBe('yes')
  expect(mayReveal(meWith('town-officer', {}))).toBe('second-factor')
  expect(mayReveal(meWith('town-officer', { signInNeeded: true }))).toBe('sign-in-again')
  expect(mayReveal(meWith('auditor', { signInNeeded: true }))).toBe('no')
})

const colleague = (id: string, office: string, more: object = {}) =>
  ({
    ...{ id, active: true, absence: null, mayKeepAbsence: true },
    ...{ roles: [{ office, role: 'town-officer' }], ...more },
  }) as unknown as Colleague

test('those who are away come first, and only those whose absence one may keep', () => {
  const away = { absence: { from: '2022-06-01' } }
  const people = [
    colleague('a', 'maoba'),
    colleague('b', 'maoba', away),
    colleague('c', 'x', { ...away, mayKeepAbsence: false }),
  ]
  expect(keptBy(people).map(({ id }) => id)).toEqual(['b', 'a'])
})

test('a colleague of the office stands in first; the reader, the disabled and who only supervises do not', () => {
  const absent = colleague('a', 'maoba')
  const people = [
    ...[absent, colleague('far', 'donghe'), colleague('near', 'maoba'), colleague('reader', 'maoba')],
    colleague('gone', 'maoba', { active: false }),
    colleague('auditor', 'maoba', { roles: [{ office: 'maoba', role: 'auditor' }] }),
  ]
  expect(standInsFor(absent, people, 'reader').map(({ id }) => id)).toEqual(['near', 'far'])
})

test('what is left empty of a household on the roster stays, and who is not covered is so since no day', () => {
  const household = {
    ...{ id: 'rh_1', office: { code: 'maoba', name: '毛坝镇' }, group: 'marginal', cover: 'dibao' },
    ...{ coveredSince: '2022-05-01', subject: { name: '张*' } },
  } as unknown as RosterHousehold
  const form = formOf(household)
  expect(changedBody(form)).toEqual({ group: 'marginal', cover: 'dibao', coveredSince: '2022-05-01' })
  expect(changedBody({ ...form, cover: 'none', village: '双河村' })).toEqual({
    ...{ group: 'marginal', cover: 'none', coveredSince: null, person: { village: '双河村' } },
  })
  expect(
    newBody({ ...formOf(null), office: 'maoba', group: 'marginal', cover: 'none', name: '钱大山' }),
  ).toEqual({
    ...{ office: 'maoba', group: 'marginal', cover: 'none', coveredSince: null, person: { name: '钱大山' } },
  })
})

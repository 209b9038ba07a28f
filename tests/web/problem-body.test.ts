import { expect, it } from 'vitest'
import { newProblem } from '../../src/contract/api/problems.ts'
import { missingIn, NO_PROBLEM, officesFor, problemBody } from '../../web/src/pages/problems/problem-body.ts'
import type { Office } from '../../web/src/session/use-offices.ts'

const office = (code: string, kind: string) => ({ code, kind, name: code }) as Office
const KNOWN = [
  office('c', 'county'),
  office('c.t', 'town'),
  office('c.u', 'town'),
  office('c.t.v', 'village'),
]

it('towns are offered to whoever sees one, and their own village to a village officer', () => {
  const codes = (mine: string[]) => officesFor(KNOWN, mine).map(({ code }) => code)
  expect(codes(KNOWN.map(({ code }) => code))).toEqual(['c.t', 'c.u'])
  expect(codes(['c.t', 'c.t.v'])).toEqual(['c.t'])
  expect(codes(['c.t.v'])).toEqual(['c.t.v'])
})

it('what is missing is named, and what was filled in is a body the program takes', () => {
  expect(missingIn(NO_PROBLEM)).toEqual(['offices', 'origin', 'type', 'wrong', 'dueOn'])
  const written = { ...NO_PROBLEM, offices: 'c.t c.u', origin: 'self-check', type: 'other' }
  const whole = { ...written, wrong: '两户没有照料协议', dueOn: '2022-11-30' }
  expect(missingIn(whole)).toEqual([])
  expect(newProblem.parse(problemBody(whole))).toMatchObject({ offices: ['c.t', 'c.u'] })
})

import { expect, it } from 'vitest'
import type { Office } from '../../web/src/session/use-offices.ts'
import { freeShortCode, kindsUnder, officesAbove } from '../../web/src/pages/admin/new-office.ts'

const office = (code: string, kind: Office['kind']): Office => ({
  ...{ code, kind, parent: null, name: code, duties: [] },
})
const COUNTY = [office('a', 'county-bureau'), office('a.t01', 'town'), office('a.t01.v01', 'village')]

it('an office is offered below a bureau or a town, of the kinds that fit', () => {
  expect(officesAbove(COUNTY).map(({ code }) => code)).toEqual(['a', 'a.t01'])
  expect(kindsUnder(COUNTY[0])).toEqual(['county-centre', 'town'])
  expect(kindsUnder(COUNTY[1])).toEqual(['village'])
  expect(kindsUnder(undefined)).toEqual([])
})

it('the code that is offered is one that nobody has', () => {
  expect(freeShortCode(COUNTY, 'a', 'town')).toBe('t02')
  expect(freeShortCode(COUNTY, 'a', 'county-centre')).toBe('c01')
  expect(freeShortCode([...COUNTY, office('a.t02', 'town')], 'a', 'town')).toBe('t03')
})

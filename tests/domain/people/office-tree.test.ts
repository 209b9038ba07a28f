import { describe, expect, it } from 'vitest'
import { kindsBelow, nameFault, officeFault } from '../../../src/domain/people/office-tree.ts'
import { compact } from '../../../src/ledgers/normalise.ts'

const BUREAU = { code: 'sn.ak.zy', kind: 'county-bureau', name: '紫阳县民政局' } as const
const TOWN = { code: 'sn.ak.zy.maoba', kind: 'town', name: '毛坝镇' } as const
const OTHER = { code: 'sn.ak.zy.donghe', kind: 'town', name: '洞河镇' } as const
const VILLAGE = { code: 'sn.ak.zy.maoba.v01', kind: 'village', name: '双河村' } as const
const KNOWN = [BUREAU, TOWN, OTHER, VILLAGE]

const wanted = (more: object) => ({
  ...{ parent: BUREAU.code, code: `${BUREAU.code}.new`, kind: 'town' as const, name: '新镇' },
  ...more,
})

it('centres and towns stand below the bureau, villages below their town, and nothing below a village', () => {
  expect(kindsBelow('county-bureau')).toEqual(['county-centre', 'town'])
  expect(kindsBelow('town')).toEqual(['village'])
  expect(kindsBelow('village')).toEqual([])
})

describe('an office', () => {
  it('that fits has no fault', () => {
    expect(officeFault(wanted({}), KNOWN, compact)).toBeNull()
  })

  it.each([
    [{ parent: 'sn.ak.other' }, 'parent'],
    [{ kind: 'village' }, 'kind'],
    [{ parent: VILLAGE.code, kind: 'village' }, 'kind'],
    [{ code: TOWN.code }, 'shortCode'],
    [{ name: TOWN.name }, 'name'],
  ])('wanted as %j is refused at %s', (more, field) => {
    expect(officeFault(wanted(more), KNOWN, compact)?.field).toBe(field)
  })
})

it('two villages of different towns may have one name; two of the same town, and two towns, may not', () => {
  const below = (town: string) => ({ code: `${town}.v09`, kind: 'village' as const, name: VILLAGE.name })
  expect(nameFault(below(OTHER.code), KNOWN, compact)).toBeNull()
  expect(nameFault(below(TOWN.code), KNOWN, compact)).toMatchObject({ field: 'name', exists: true })
  expect(nameFault({ ...OTHER, name: TOWN.name }, KNOWN, compact)).toMatchObject({ exists: true })
  expect(nameFault(OTHER, KNOWN, compact)).toBeNull()
})

import { inTransaction, type Pool, row } from '../../../src/db/pool.ts'
import { type OfficesFile, readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { instantAt } from '../../../src/domain/time/days.ts'

export const COUNTY = 'sn.ak.zy'
export const OTHER_COUNTY = 'sn.ak.qx'
export const TOWN = `${COUNTY}.maoba`
export const CENTRE = `${COUNTY}.jiuzhu`

/** Where a thing belongs, seen from the town of 毛坝. */
export const PLACES = {
  own: TOWN,
  sibling: `${COUNTY}.donghe`,
  child: `${TOWN}.shuanghe`,
  parent: COUNTY,
  abroad: `${OTHER_COUNTY}.yi`,
} as const
export type Place = keyof typeof PLACES

/** A second county and a village, so that there is somebody beside, below and far away. */
export async function layNeighbours(pool: Pool): Promise<void> {
  const { people } = await readSampleOffices()
  const office = (code: string, kind: string, name: string) => ({
    code,
    parent: code.split('.').slice(0, -1).join('.'),
    kind,
    name,
    duties: [],
  })
  const file = {
    offices: [
      office(OTHER_COUNTY, 'county-bureau', '邻县民政局'),
      office(PLACES.abroad, 'town', '邻县甲镇'),
      office(PLACES.child, 'village', '双河村'),
    ],
    people: people
      .filter((p) => p.office === TOWN)
      .map((p) => ({ ...p, office: PLACES.abroad, email: p.email.replace('@', '.abroad@') })),
  } as OfficesFile
  await inTransaction(pool, (tx) => seedCounty(tx, file, instantAt('2022-05-01', '09:00')))
}

/** What the role should see, said apart from the product's own rule: a list for each, as the notice's people would. */
export const SEES: Record<string, readonly Place[]> = {
  'town-officer': ['own', 'child'],
  'town-head': ['own', 'child'],
  'relief-centre': ['own', 'sibling', 'child', 'parent'],
  'verification-centre': ['own', 'sibling', 'child', 'parent'],
  'bureau-leader': ['own', 'sibling', 'child', 'parent'],
  auditor: ['own', 'sibling', 'child', 'parent'],
  administrator: [],
}

export const OFFICE_OF: Record<string, string> = {
  'town-officer': TOWN,
  'town-head': TOWN,
  'relief-centre': CENTRE,
  'verification-centre': `${COUNTY}.hedui`,
  'bureau-leader': COUNTY,
  auditor: COUNTY,
  administrator: COUNTY,
}

export async function idOf(pool: Pool, text: string, values: unknown[]): Promise<string> {
  const found = await row<{ id: string }>(pool, text, values)
  if (!found) throw new Error(`nothing found: ${text}`)
  return found.id
}

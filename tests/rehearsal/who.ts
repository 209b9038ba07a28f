import { type Holding, type OfficeNode, peopleOf } from '../../src/rehearsal/people.ts'

export const OFFICES: OfficeNode[] = [
  { code: 'city', parent: null, kind: 'city', name: '甲市民政局' },
  { code: 'bureau', parent: 'city', kind: 'county-bureau', name: '乙县民政局' },
  { code: 'checks', parent: 'bureau', kind: 'county-centre', name: '核对中心', duties: ['comparison'] },
  { code: 'relief', parent: 'bureau', kind: 'county-centre', name: '救助中心', duties: ['supervision'] },
  { code: 'maoba', parent: 'bureau', kind: 'town', name: '毛坝镇' },
]

export const HOLDINGS: Holding[] = [
  { office: 'bureau', role: 'bureau-leader', email: 'leader@x.test' },
  { office: 'bureau', role: 'auditor', email: 'auditor@x.test' },
  { office: 'checks', role: 'verification-centre', email: 'checks@x.test' },
  { office: 'relief', role: 'relief-centre', email: 'relief1@x.test' },
  { office: 'relief', role: 'relief-centre', email: 'relief2@x.test' },
  { office: 'maoba', role: 'town-head', email: 'head@x.test' },
  { office: 'maoba', role: 'town-officer', email: 'officer@x.test' },
]

export const PEOPLE = peopleOf(OFFICES, HOLDINGS)

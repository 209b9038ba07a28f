import { expect, test } from 'vitest'
import { endOfDay } from '../../../src/domain/time/days.ts'
import type { AskedRow } from '../../../src/services/deadlines/asked-before.ts'
import { askedOf, LATE_LISTED } from '../../../src/services/notifications/digest-input.ts'
import type { Reader } from '../../../src/services/notifications/readers.ts'
import { CALENDAR } from '../../domain/county.ts'
import { THURSDAY } from '../../mail/sample.ts'

const WANG: Reader = {
  ...{ id: 'pe_7', name: '王某', email: 'wang@maoba.test', phone: '0915-4420001', roles: ['town-officer'] },
  ...{ officeName: '毛坝镇', standsInFor: [], works: new Set(['maoba']), heads: new Set(), oversees: false },
}
const FACTS = {
  ...{ calendar: CALENDAR, now: THURSDAY, offices: new Map(), dashboardUrl: 'https://duban.example' },
  ...{ holders: new Map([['maoba/', ['pe_7']]]), readers: new Map([['pe_7', WANG]]) },
}
const row = (n: number, over: Partial<AskedRow> = {}): AskedRow => ({
  ...{ reader: 'pe_1', owner: 'maoba', office: 'maoba', person: null, deadline: `dl_${n}` },
  ...{ kind: 'warning', stage: 'perform' },
  ...{ obligation: `ob_${n}`, externalId: null, title: '红色预警核查', cause: null, level: 'red' },
  ...{ label: '红色预警核查', dueOn: '2022-06-02', dueAt: endOfDay('2022-06-02'), workingDays: 3 },
  askedOn: '2022-06-07',
  behind: 1,
  ...over,
})

test('of more than are listed, the red ones and the days are those of all', () => {
  const rows = Array.from({ length: LATE_LISTED + 2 }, (_, n) => row(n))
  const last = row(99, { level: 'orange', askedOn: '2022-06-08' })
  const asked = askedOf({ id: 'pe_1', oversees: true }, [], { ...FACTS, asked: [...rows, last] })
  expect(asked.items).toHaveLength(LATE_LISTED)
  expect(asked).toMatchObject({ more: 3, red: 12, days: ['2022-06-07', '2022-06-08'] })
})

test('whoever was asked before reads whom to telephone, unless they perform it themselves', () => {
  const facts = { ...FACTS, asked: [row(1), row(2, { reader: 'pe_7' })] }
  const holdersFor = (id: string) => askedOf({ id, oversees: true }, [], facts).items[0]?.holders
  expect(holdersFor('pe_1')).toEqual([{ name: '王某', phone: '0915-4420001' }])
  expect(holdersFor('pe_7')).toEqual([])
})

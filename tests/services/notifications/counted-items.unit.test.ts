import { expect, test } from 'vitest'
import type { Composing } from '../../../src/services/notifications/digest-input.ts'
import { countedItems } from '../../../src/services/notifications/counted-items.ts'
import type { Reader } from '../../../src/services/notifications/readers.ts'
import type { ListedGroup } from '../../../src/services/obligations/open-groups.ts'
import { endOfDay } from '../../../src/domain/time/days.ts'
import { CALENDAR } from '../../domain/county.ts'
import { entry, THURSDAY } from '../../mail/sample.ts'

const OFFICER = {
  ...{ id: 'pe_7', works: new Set(['maoba']), heads: new Set(), coversFor: new Set(), oversees: false },
} as unknown as Reader

/** Four came back last week and one today; all five are to be done again. */
const REDONE: ListedGroup = {
  ...{ office: 'maoba', holderOffice: 'maoba', holderPerson: null, stage: 'redo', level: 'yellow' },
  ...{
    dueOn: '2022-06-20',
    dueAt: endOfDay('2022-06-20'),
    count: 5,
    obligations: 'ob_1,ob_2,ob_3,ob_4,ob_5',
  },
}

function composing(over: Partial<Composing>): Composing {
  const nothing = { held: [], answers: [], asked: [], late: [], groups: [], behind: new Map() }
  return { ...nothing, calendar: CALENDAR, now: THURSDAY, ...over } as unknown as Composing
}

test('what came back in this letter leads to that, and not to all that is done again', () => {
  const facts = composing({ groups: [REDONE], behind: new Map([['dl_5', 'ob_5']]) })
  const back = entry({ kind: 'returned', deadline: 'dl_5', stage: 'redo', count: 1 })
  expect(countedItems(OFFICER, [back], facts)).toEqual({
    'held.perform.later': 'ob_1,ob_2,ob_3,ob_4,ob_5',
    'line.returned.dl_5': 'ob_5',
    returned: 'ob_5',
  })
})

test('lists of several parts are one list, and what counts nothing has none', () => {
  const behind = { dl_1: 'ob_1,ob_2', dl_2: 'ob_3' }
  const facts = composing({ behind: new Map(Object.entries(behind)) })
  const lines = [entry({ kind: 'assigned' }), entry({ kind: 'assigned', deadline: 'dl_2', count: 1 })]
  expect(countedItems(OFFICER, lines, facts)).toEqual({
    'line.assigned.dl_1': 'ob_1,ob_2',
    'line.assigned.dl_2': 'ob_3',
    new: 'ob_1,ob_2,ob_3',
  })
})

import { describe, expect, test } from 'vitest'
import type { OpenGroup } from '../../../src/domain/obligation/standing.ts'
import { endOfDay } from '../../../src/domain/time/days.ts'
import { composeDigest } from '../../../src/mail/digest.ts'
import type { DigestEntry } from '../../../src/mail/digest-types.ts'
import type { HeldWorkRow } from '../../../src/services/deadlines/held-work.ts'
import type { AskedRow } from '../../../src/services/deadlines/asked-before.ts'
import {
  askedOf,
  lateBeside,
  LATE_LISTED,
  waitingFor,
} from '../../../src/services/notifications/digest-input.ts'
import type { Reader } from '../../../src/services/notifications/readers.ts'
import { CALENDAR } from '../../domain/county.ts'
import { countyStanding, dueOn, entry, leaderDigest, ownStanding, THURSDAY } from '../../mail/sample.ts'

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

test('of more than are listed, the red ones are those of all', () => {
  const rows = Array.from({ length: LATE_LISTED + 2 }, (_, n) => row(n))
  const last = row(99, { level: 'orange', askedOn: '2022-06-08' })
  const asked = askedOf({ id: 'pe_1', oversees: true }, [], { ...FACTS, asked: [...rows, last] })
  expect(asked.items).toHaveLength(LATE_LISTED)
  expect(asked).toMatchObject({ more: 3, red: 12 })
})

test('whoever was asked before reads whom to telephone, unless they perform it themselves', () => {
  const facts = { ...FACTS, asked: [row(1), row(2, { reader: 'pe_7' })] }
  const holdersFor = (id: string) => askedOf({ id, oversees: true }, [], facts).items[0]?.holders
  expect(holdersFor('pe_1')).toEqual([{ name: '王某', phone: '0915-4420001' }])
  expect(holdersFor('pe_7')).toEqual([])
})

describe('what the relief centre itself is late with', () => {
  const CENTRE = { works: new Set(['jiuzhu']), heads: new Set<string>(), oversees: true }
  const late = [1, 2, 3].map((n) => row(n, { owner: 'jiuzhu', office: 'jiuzhu', level: null }))
  const named = { ...row(4), owner: 'jiuzhu', office: 'jiuzhu', person: 'pe_7' }
  const town = row(9)
  const facts = {
    ...FACTS,
    holders: new Map([
      ['jiuzhu/', ['pe_7', 'pe_8']],
      ['jiuzhu/pe_7', ['pe_7']],
      ['maoba/', ['pe_1']],
    ]),
  }
  const besideOf = (id: string, rows: readonly AskedRow[], count: number, sections: DigestEntry[] = []) =>
    lateBeside({ id, ...CENTRE }, sections, count, { ...facts, late: [...rows, town] })

  test('is in the mail as it is in its number, although whoever reads it oversees the county', () => {
    const { items, more } = besideOf('pe_7', late, 3)
    expect(items.map((item) => item.obligationId)).toEqual(['ob_1', 'ob_2', 'ob_3'])
    expect(more).toBe(0)
    expect(besideOf('pe_7', late, 5).more).toBe(2)
  })

  test('is a colleague’s to begin with, who comes first, unless it names the reader', () => {
    const beginsFor = (id: string) => besideOf(id, [...late, named], 4).items.map(({ begins }) => begins)
    expect(beginsFor('pe_7')).toEqual([null, null, null, null])
    expect(beginsFor('pe_8')).toEqual(['王某', '王某', '王某'])
  })

  test('is listed where it names the reader, although much else that a colleague begins with is late for longer', () => {
    const theirs = Array.from({ length: LATE_LISTED + 2 }, (_, n) => ({
      ...late[0]!,
      obligation: `ob_c${n}`,
    }))
    const own = [1, 2, 3].map((n) => ({
      ...row(n, { owner: 'jiuzhu', office: 'jiuzhu', person: 'pe_8', level: null, dueOn: '2022-06-07' }),
      deadline: `dl_own${n}`,
    }))
    const count = theirs.length + own.length
    const besides = besideOf('pe_8', [...theirs, ...own], count)
    expect(besides.items.slice(0, 3).map(({ obligationId }) => obligationId)).toEqual([
      'ob_1',
      'ob_2',
      'ob_3',
    ])
    const { text } = composeDigest(
      leaderDigest({
        standing: {
          own: ownStanding({ scope: '救助中心', late: { count, longest: 4, red: 0 }, inHand: count }),
          ...{ review: null, county: null },
        },
        ...{ sections: [], late: besides },
      }),
    )
    expect(text).toContain('请办结逾期 3 件')
    expect(text.split('—— 请您办理 3 件 ——')[1]!.split('——')[0]!.match(/^▲ /gm)).toHaveLength(3)
    expect(text).toContain('—— 由王某先办理 12 件,其不在时由您办理 ——')
  })

  test('is counted beside late work of towns and late reviews in the lines of the mail', () => {
    const lines = [
      entry({ kind: 'escalation', deadline: 'dl_9', due: dueOn('2022-06-02') }),
      entry({ kind: 'overdue', stage: 'review', deadline: 'dl_r', due: dueOn('2022-06-02') }),
    ]
    expect(besideOf('pe_7', late, 3, lines)).toMatchObject({ items: { length: 3 }, more: 0 })
    const own = entry({ kind: 'overdue', deadline: 'dl_1', count: 1, due: dueOn('2022-06-02') })
    expect(besideOf('pe_7', late, 3, [own])).toMatchObject({ items: { length: 2 }, more: 0 })
  })

  test('is listed in the letter, and no number asks for what the letter does not have', () => {
    const standing = (count: number) => ({
      own: ownStanding({ scope: '救助中心', late: { count, longest: 4, red: 0 }, inHand: count }),
      review: null,
      county: countyStanding([['救助中心', 3, 4]]),
    })
    const letterOf = (id: string) =>
      composeDigest(leaderDigest({ sections: [], standing: standing(3), late: besideOf(id, late, 3) }))
    const first = letterOf('pe_7')
    expect(first.text).toContain('请办结逾期 3 件')
    expect(first.text.split('—— 请您办理 3 件 ——')[1]!.match(/^▲ /gm)).toHaveLength(3)
    const second = letterOf('pe_8')
    expect(second.subject).toMatch(/^【知晓】同事先办理逾期 3 件/)
    expect(second.text).not.toMatch(/请办结|请您办理/)
    expect(second.text.split('—— 由王某先办理 3 件,其不在时由您办理 ——')[1]!.match(/^▲ /gm)).toHaveLength(3)
  })
})

test('what a head presses of another office is not taken off the late work of the own one', () => {
  const head = { id: 'pe_1', works: new Set<string>(), heads: new Set(['maoba']), oversees: false }
  const facts = {
    ...FACTS,
    offices: new Map([['maoba', { name: '毛坝镇', kind: 'town' as const }]]),
  }
  const moreBeside = (officeName: string) => {
    const line = entry({
      kind: 'passed-on',
      deadline: 'dl_9',
      count: 2,
      officeName,
      due: dueOn('2022-06-02'),
    })
    return lateBeside(head, [line], 4, { ...facts, late: [row(1)] }).more
  }
  expect(moreBeside('毛坝镇')).toBe(1)
  expect(moreBeside('界岭镇')).toBe(3)
})

describe('what waits for a review that several may do', () => {
  const held = (person: string | null): HeldWorkRow => ({
    ...row(1, { office: 'jiuzhu', person, stage: 'review' }),
    count: 1,
  })
  const facts = { ...FACTS, officers: new Map([['jiuzhu', ['pe_7', 'pe_8']]]) }
  const reader = { id: 'pe_8', works: new Set(['jiuzhu']), heads: new Set<string>() }
  const groupOf = ({ person }: HeldWorkRow): OpenGroup => ({
    ...{ office: 'maoba', holderOffice: 'jiuzhu', holderPerson: person, stage: 'review', level: null },
    ...{ dueOn: '2022-06-09', dueAt: endOfDay('2022-06-09'), count: 1 },
  })
  const firstOf = (rows: HeldWorkRow[], read = rows) =>
    waitingFor(reader, { ...facts, held: read, groups: rows.map(groupOf) }).reviewers.first

  test('is a colleague’s, unless it names the reader', () => {
    expect(firstOf([held(null)])).toBe('王某')
    expect(firstOf([held('pe_7'), held(null)])).toBe('王某')
    expect(firstOf([held(null), held('pe_8')])).toBeNull()
  })

  test('is known to name the reader though others fill what is read of it', () => {
    expect(firstOf([held(null), held('pe_8')], [held(null)])).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import type { Audience } from '../../../src/domain/escalation/audience.ts'
import type { OpenGroup } from '../../../src/domain/obligation/standing.ts'
import { endOfDay } from '../../../src/domain/time/days.ts'
import { composeDigest } from '../../../src/mail/digest.ts'
import { preheaderOf } from '../../../src/mail/digest-subject.ts'
import { buttonOf, headlineOf } from '../../../src/mail/digest-tasks.ts'
import type { DigestEntry, DigestInput } from '../../../src/mail/digest-types.ts'
import type { HeldWorkRow } from '../../../src/services/deadlines/held-work.ts'
import type { AskedRow } from '../../../src/services/deadlines/asked-before.ts'
import { againOf, askedOf, LATE_LISTED, othersOf } from '../../../src/services/notifications/asked-of.ts'
import { lateBeside, waitingFor } from '../../../src/services/notifications/digest-input.ts'
import type { Reader } from '../../../src/services/notifications/readers.ts'
import { CALENDAR } from '../../domain/county.ts'
import {
  countyStanding,
  digest,
  dueOn,
  entry,
  leaderDigest,
  ownStanding,
  THURSDAY,
} from '../../mail/sample.ts'

const WANG: Reader = {
  ...{ id: 'pe_7', name: '王某', email: 'wang@maoba.test', phone: '0915-4420001', roles: ['town-officer'] },
  ...{ officeName: '毛坝镇', standsInFor: [], works: new Set(['maoba']), heads: new Set(), oversees: false },
  coversFor: new Set(),
}
const NOBODY = { works: new Set<string>(), heads: new Set<string>(), coversFor: new Set<string>() }
const FACTS = {
  ...{ calendar: CALENDAR, now: THURSDAY, offices: new Map(), dashboardUrl: 'https://duban.example' },
  ...{ holders: new Map([['maoba/', ['pe_7']]]), readers: new Map([['pe_7', WANG]]) },
  ...{ officers: new Map<string, string[]>(), heads: new Map<string, string[]>(), lastLetters: new Map() },
}
const row = (n: number, over: Partial<AskedRow> = {}): AskedRow => ({
  ...{ reader: 'pe_1', owner: 'maoba', office: 'maoba', person: null, deadline: `dl_${n}` },
  ...{ kind: 'warning', stage: 'perform' },
  ...{ obligation: `ob_${n}`, externalId: null, title: '红色预警核查', cause: null, level: 'red' },
  ...{ label: '红色预警核查', dueOn: '2022-06-02', dueAt: endOfDay('2022-06-02'), workingDays: 3 },
  ...{ movedFrom: null, movedBy: [] },
  askedOn: '2022-06-07',
  behind: 1,
  obligations: `ob_${n}`,
  ...over,
})

test('of more than are listed, the red ones are those of all', () => {
  const rows = Array.from({ length: LATE_LISTED + 2 }, (_, n) => row(n))
  const last = row(99, { level: 'orange', askedOn: '2022-06-08' })
  const asked = askedOf({ ...NOBODY, id: 'pe_1', oversees: true }, [], { ...FACTS, asked: [...rows, last] })
  expect(asked.items).toHaveLength(LATE_LISTED)
  expect(asked).toMatchObject({ more: 3, red: 12 })
})

test('a review or an answer that is late and was asked to be pressed is listed still, apart from late work', () => {
  const works = Array.from({ length: LATE_LISTED + 1 }, (_, n) => row(n))
  const review = row(21, { stage: 'review', office: 'jiuzhu', label: '红色预警核查(复核)', behind: 3 })
  const offer = row(22, { stage: 'hand-over', office: 'jieling', label: '红色预警核查(移交)', level: null })
  const facts = {
    ...FACTS,
    holders: new Map([['jiuzhu/', ['pe_7']]]),
    offices: new Map([
      ['jiuzhu', { name: '救助中心', kind: 'county-centre' as const }],
      ['maoba', { name: '毛坝镇', kind: 'town' as const }],
    ]),
    asked: [...works, review, offer],
  }
  const asked = askedOf({ ...NOBODY, id: 'pe_1', oversees: true }, [], facts)
  expect(asked).toMatchObject({ more: 3, red: LATE_LISTED + 4, reviews: 3, answers: 1 })
  const late = { count: LATE_LISTED + 1, longest: 4, red: LATE_LISTED + 1 }
  const { text } = composeDigest(
    leaderDigest({
      standing: {
        ...{ own: null, review: null },
        county: { late, offices: [], lateBefore: null, notReached: [] },
      },
      ...{ sections: [], asked },
    }),
  )
  expect(text).toMatch(/^请督促 15 件\(均为再次督促\),其中红色 14 件、复核 3 件/m)
  expect(text).toContain('—— 请您督促 15 件(红色 14 件):均为再次督促 ——')
  expect(text).toMatch(
    /救助中心 红色预警核查\(复核\) 毛坝镇 「红色预警核查」 → 6月7日已请您督促,请继续督促复核人\n.*\n {4}先联系:复核人 王某/,
  )
  expect(text).toContain('请继续督促接收人')
  const left = text.split('\n').filter((line) => line.startsWith('    还有'))
  expect(left).toEqual([
    '    还有 1 件,打开网页查看  https://duban.example/obligations?standing=all&mail=ml_1&counted=asked.perform',
    '    还有 2 件复核,打开网页查看  https://duban.example/obligations?standing=all&mail=ml_1&counted=asked.review',
  ])
  expect(text).toContain('请您督促的另有 4 件是复核等,不计在内')
})

test('of a line so many are told again as an earlier mail asked of this reader, behind the deadline they have now', () => {
  const line = entry({ kind: 'escalation', deadline: 'dl_1', count: 3 })
  const facts = { asked: [row(1, { behind: 2 }), row(1, { reader: 'pe_9', behind: 3 }), row(2)] }
  const leader = { id: 'pe_1', oversees: true }
  expect(againOf(leader, line, facts)).toBe(2)
  // Some of them have been done meanwhile.
  expect(againOf(leader, { ...line, count: 1 }, facts)).toBe(1)
  expect(againOf(leader, { ...line, kind: 'passed-on' }, facts)).toBe(2)
  expect(againOf(leader, { ...line, kind: 'copied' }, facts)).toBe(0)
  expect(againOf(leader, { ...line, deadline: 'dl_3' }, facts)).toBe(0)
  expect(againOf({ id: 'pe_1', oversees: false }, line, facts)).toBe(0)
})

test('however many reviews and answers of however many deadlines are late, the first of each are listed and all are counted', () => {
  const many = (stage: 'review' | 'hand-over', from: number) =>
    Array.from({ length: 60 }, (_, n) =>
      row(from + n, { stage, office: 'jiuzhu', deadline: `dl_${from + (n % 20)}`, behind: 3 }),
    )
  const rows = [...many('review', 100), ...many('hand-over', 200)]
  const asked = askedOf({ ...NOBODY, id: 'pe_1', oversees: true }, [], { ...FACTS, asked: rows })
  expect(asked).toMatchObject({ items: { length: 2 * LATE_LISTED }, more: 100, reviews: 60, answers: 60 })
  const { text } = composeDigest(leaderDigest({ sections: [], asked }))
  expect(text).toContain('—— 请您督促红色 120 件')
  expect(text.match(/^▲ /gm)).toHaveLength(2 * LATE_LISTED)
  expect(text).toContain('    还有 50 件复核,打开网页查看  ')
  expect(text).toContain(
    '    还有 50 件延期申请或移交,打开网页查看  https://duban.example/obligations?standing=all&mail=ml_1&counted=asked.beside',
  )
})

test('what was asked to be pressed and is the reader’s own to do by now is not to be pressed as well', () => {
  const substitute = { ...NOBODY, id: 'pe_1', works: new Set(['maoba']), coversFor: new Set(['pe_9']) }
  const rows = [row(1, { person: 'pe_9' }), row(2, { person: 'pe_7' })]
  const asked = askedOf({ ...substitute, oversees: true }, [], { ...FACTS, asked: rows })
  expect(asked).toMatchObject({ items: [{ obligationId: 'ob_2' }], more: 0, red: 1 })
})

test('of one deadline what was asked of the reader is not among what others see to, and the rest of it is', () => {
  const held = { deadline: 'dl_1', office: 'maoba', person: null }
  const head: Audience = { to: 'rung', rung: 1, roles: ['town-head'] }
  const pressing = [
    { ...held, count: 3, audiences: [head] },
    { ...held, count: 4, audiences: null },
    { ...held, deadline: 'dl_2', count: 1, audiences: [head] },
  ]
  const facts = { asked: [row(1, { behind: 2 })], pressing, upcoming: new Map() }
  const othersFor = (id: string, sections: DigestEntry[] = []) =>
    othersOf({ ...NOBODY, id, oversees: true }, sections, facts)
  expect(othersFor('pe_1')).toMatchObject({ pressed: 2, unpressed: 4, posts: ['镇分管领导'] })
  expect(othersFor('pe_2')).toMatchObject({ pressed: 4, unpressed: 4 })
  expect(othersFor('pe_1', [entry({ kind: 'escalation' })])).toMatchObject({ pressed: 1, unpressed: 0 })
})

test('whoever was asked before reads whom to telephone, unless they perform it themselves', () => {
  const facts = { ...FACTS, asked: [row(1), row(2, { reader: 'pe_7' })] }
  const holdersFor = (id: string) => askedOf({ ...NOBODY, id, oversees: true }, [], facts).items[0]?.holders
  expect(holdersFor('pe_1')).toEqual([{ name: '王某', phone: '0915-4420001' }])
  expect(holdersFor('pe_7')).toEqual([])
})

describe('what the relief centre itself is late with', () => {
  const CENTRE = { ...NOBODY, works: new Set(['jiuzhu']), oversees: true }
  const late = [1, 2, 3].map((n) => row(n, { owner: 'jiuzhu', office: 'jiuzhu', level: null }))
  const named = { ...row(4), owner: 'jiuzhu', office: 'jiuzhu', person: 'pe_7' }
  const town = row(9)
  const facts = {
    ...FACTS,
    officers: new Map([['jiuzhu', ['pe_7', 'pe_8']]]),
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
  const head = { ...NOBODY, id: 'pe_1', heads: new Set(['maoba']), oversees: false }
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
  const held = (person: string | null, over: Partial<HeldWorkRow> = {}): HeldWorkRow => ({
    ...row(1, { office: 'jiuzhu', person, stage: 'review', level: null, label: '红色预警核查(复核)' }),
    ...{ deadline: `dl_${person}`, obligation: `ob_${person}`, externalId: `YJ-${person}`, count: 1 },
    obligations: '',
    ...over,
  })
  const facts = { ...FACTS, officers: new Map([['jiuzhu', ['pe_7', 'pe_8']]]), answers: [] }
  const reader = { ...NOBODY, id: 'pe_8', works: new Set(['jiuzhu']) }
  const groupOf = ({ person, dueOn, dueAt, count }: HeldWorkRow): OpenGroup => ({
    ...{ office: 'maoba', holderOffice: 'jiuzhu', holderPerson: person, stage: 'review', level: null },
    ...{ dueOn, dueAt, count },
  })
  const waiting = (rows: HeldWorkRow[], read = rows) =>
    waitingFor(reader, { ...facts, held: read, groups: rows.map(groupOf) })
  const reviewersOf = (rows: HeldWorkRow[], read = rows) => waiting(rows, read).reviewers

  test('is a colleague’s, and what names the reader is theirs alone', () => {
    expect(reviewersOf([held(null)])).toEqual({ names: [], firsts: ['王某'], own: null })
    expect(reviewersOf([held('pe_7'), held(null)])).toMatchObject({ firsts: ['王某'], own: null })
    expect(reviewersOf([held(null, { count: 5 }), held('pe_8')])).toMatchObject({
      firsts: ['王某'],
      own: { waiting: 1, late: 1, oldestDueOn: '2022-06-02' },
    })
    expect(reviewersOf([held('pe_8')])).toEqual({ names: [], firsts: [], own: null })
  })

  test('names a third one who has the name of whoever begins', () => {
    const three = {
      ...{ ...facts, officers: new Map([['jiuzhu', ['pe_7', 'pe_8', 'pe_9']]]) },
      readers: new Map([...facts.readers, ['pe_9', { ...WANG, id: 'pe_9' }]]),
    }
    const rows = [held(null)]
    const { held: read, reviewers } = waitingFor(reader, {
      ...{ ...three, held: rows, groups: rows.map(groupOf) },
    })
    expect(reviewers).toMatchObject({ names: ['王某'], firsts: ['王某'] })
    expect(read.review).toMatchObject([{ begins: '王某', shares: ['王某'] }])
  })

  test('is theirs too where it names somebody who is away and whose substitute they are', () => {
    const away = { ...reader, coversFor: new Set(['pe_9']) }
    const rows = [held('pe_9'), held('pe_7')]
    const { held: read, reviewers } = waitingFor(away, { ...facts, held: rows, groups: rows.map(groupOf) })
    expect(read.review.map(({ item }) => item.externalId)).toEqual(['YJ-pe_9'])
    expect(reviewers.firsts).toEqual([])
  })

  test('is known to name the reader though others fill what is read of it', () => {
    expect(reviewersOf([held(null), held('pe_8')], [held(null)]).own).toMatchObject({ waiting: 1 })
  })

  test('is parted in subject, headline, button and list by who begins', () => {
    const later = { dueOn: '2022-06-14', dueAt: endOfDay('2022-06-14') } as const
    const rows = [
      held(null, { count: 5 }),
      held(null, { ...later, deadline: 'dl_later' }),
      held('pe_8', later),
    ]
    const review = { waiting: 7, late: 5, oldestDueOn: '2022-06-02' as const, provisional: false }
    const input = leaderDigest({
      recipient: { name: '孙某', roles: ['relief-centre'], officeName: '救助中心', standsInFor: [] },
      standing: { own: null, review, county: countyStanding([]) },
      ...{ sections: [], ...waiting(rows) },
    })
    const { subject, text } = composeDigest(input)
    expect(subject).toBe('【待复核】请复核 1 件,6月14日到期')
    expect(headlineOf(input)).toBe(
      '请复核 1 件,6月14日 周二到期;由王某先复核 6 件(5 件已逾期),其不在时由您办',
    )
    expect(preheaderOf(input)).toBe('同事先复核 6 件(5 件已逾期)')
    expect(buttonOf(input)).toMatchObject({
      button: '去复核 1 件',
      url: 'https://duban.example/app/obligations/ob_pe_8',
    })
    const own = text.split('—— 请您办理 1 件 ——')[1]!.split('——')[0]!
    expect(own.match(/^[▲◔○] .*$/gm)).toEqual([expect.stringContaining('YJ-pe_8')])
    const theirs = text.split('—— 由王某先办理 6 件,其不在时由您办理 ——')[1]!.split('——')[0]!
    expect(theirs).not.toContain('YJ-pe_8')
    expect(theirs.match(/^[▲◔○] .*$/gm)).toHaveLength(2)
    expect(text).toContain('其中 1 件由您复核;其余由王某先复核,其不在时由您复核')
  })
})

test('of much that is due today and names nobody, a second officer or head is asked for none, listed or not', () => {
  const officers = new Map([['maoba', ['pe_7', 'pe_8']]])
  const heads = new Map([['maoba', ['pe_1', 'pe_2']]])
  const due = { dueOn: '2022-06-09', dueAt: endOfDay('2022-06-09') } as const
  const group: OpenGroup = {
    ...{ office: 'maoba', holderOffice: 'maoba', holderPerson: null, stage: 'perform', level: 'red' },
    ...{ ...due, count: 30 },
  }
  // Of thirty only twenty are read.
  const held: HeldWorkRow[] = [{ ...row(1), ...due, count: 20, obligations: '' }]
  const readers = new Map([...FACTS.readers, ['pe_1', { ...WANG, id: 'pe_1', name: '李镇' }]])
  const facts = { ...FACTS, officers, heads, readers, held, answers: [], groups: [group] }
  const own = ownStanding({ dueToday: 30, inHand: 30 })
  const standing = { own, review: null, county: null }
  const office = new Set(['maoba'])
  const officer = (id: string) =>
    digest({ standing, sections: [], ...waitingFor({ ...NOBODY, id, works: office }, facts) })
  const head = (id: string) =>
    digest({
      recipient: { name: '钱镇', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] },
      ...{ standing, sections: [], ...waitingFor({ ...NOBODY, id, heads: office }, facts) },
    })
  expect(composeDigest(officer('pe_7')).text).toContain('—— 请您办理 30 件 ——')
  expect(composeDigest(head('pe_1')).text).toContain('—— 请您提醒经办人 30 件 ——')
  expect(headlineOf(officer('pe_8'))).toBe('现在没有要您办的;由王某先办理 30 件,其不在时由您办')
  const second = composeDigest(officer('pe_8')).text
  expect(second).toContain('—— 由王某先办理 30 件,其不在时由您办理 ——')
  for (const text of [second, composeDigest(head('pe_2')).text])
    expect(text).not.toMatch(/请您|请提醒|请今天/)
})

describe('an answer that was told before', () => {
  const answer = (over: Partial<HeldWorkRow>): HeldWorkRow => ({
    ...row(1, { office: 'maoba', owner: 'jieling', stage: 'hand-over', level: null }),
    ...{ label: '黄色预警核查(移交)', externalId: 'YJ-1', count: 1, obligations: '' },
    ...over,
  })
  const answers = [
    answer({}),
    answer({ deadline: 'dl_2', stage: 'extension', label: '黄色预警核查(延期申请)', count: 2 }),
  ]
  const officers = new Map([['maoba', ['pe_7', 'pe_8']]])
  const facts = { ...FACTS, officers, answers, held: [], groups: [] }
  const inputFor = (id: string, over: Partial<DigestInput> = {}) =>
    digest({
      standing: { own: ownStanding(), review: null, county: null },
      ...{ sections: [], ...waitingFor({ ...NOBODY, id, works: new Set(['maoba']) }, facts) },
      ...over,
    })

  test('is asked for, listed among what is late, and counted in how things stand', () => {
    const input = inputFor('pe_7')
    expect(headlineOf(input)).toBe('请答复延期申请 2 件(已逾期);请答复移交 1 件(已逾期)')
    expect(buttonOf(input).url).toBe(
      'https://duban.example/obligations?standing=all&mail=ml_1&counted=extension',
    )
    const { subject, text } = composeDigest(input)
    expect(subject).toBe('【逾期】请答复延期申请 2 件(已逾期)')
    const own = text.split('—— 请您办理 3 件 ——')[1]!.split('——')[0]!
    expect(own.match(/^▲ .*$/gm)).toEqual([
      expect.stringMatching(/^▲ 逾期 4 个工作日,本应 6月2日 .*黄色预警核查\(移交\) YJ-1 → 接收或不接收移交$/),
      expect.stringMatching(/黄色预警核查\(延期申请\) 2 件 → 批准或不批准延期$/),
    ])
    expect(text).toContain(
      '◆ 待答复延期申请 2 件,最早的本应 6月2日 周四答复,其中逾期 2 件\n    https://duban.example/obligations?standing=all&mail=ml_1&counted=extension',
    )
    expect(text).toContain(
      '◆ 待答复移交 1 件,本应 6月2日 周四答复,已逾期\n    https://duban.example/obligations?standing=all&mail=ml_1&counted=hand-over',
    )
    expect(text).not.toContain('请办结')
  })

  test('is one of the first that are listed, however many wait, and the others are counted with their own list', () => {
    const offers = Array.from({ length: 25 }, (_, n) => answer({ deadline: `dl_o${n}`, owner: `t${n}` }))
    const input = inputFor('pe_7', waitingFor(WANG, { ...facts, answers: [...offers, answers[1]!] }))
    expect(headlineOf(input)).toBe('请答复延期申请 2 件(已逾期);请答复移交 25 件(已逾期)')
    const own = composeDigest(input).text.split('—— 请您办理 27 件 ——')[1]!.split('——')[0]!
    expect(own.match(/^▲ .*移交/gm)).toHaveLength(10)
    expect(own).toContain(
      '    还有 15 件移交,打开网页查看  https://duban.example/obligations?standing=all&mail=ml_1&counted=hand-over',
    )
  })

  test('is one number with what the lines of the mail ask for', () => {
    const line = entry({ kind: 'requested', stage: 'extension', deadline: 'dl_9', count: 1, items: [] })
    const told = {
      ...entry({ kind: 'overdue', stage: 'extension', deadline: 'dl_2', count: 2 }),
      due: dueOn('2022-06-02'),
    }
    expect(headlineOf(inputFor('pe_7', { sections: [line, told] }))).toBe(
      '请答复延期申请 3 件(2 件已逾期);请答复移交 1 件(已逾期)',
    )
  })

  test('is a colleague’s to begin with, who comes first', () => {
    const input = inputFor('pe_8')
    expect(headlineOf(input)).toBe('现在没有要您办的;由王某先办理 3 件(已逾期),其不在时由您办')
    expect(composeDigest(input).text).toContain('—— 由王某先办理 3 件,其不在时由您办理 ——')
  })

  test('is pressed by the head of the town, once it is late', () => {
    const head = { ...NOBODY, id: 'pe_1', heads: new Set(['maoba']) }
    const open = answer({ deadline: 'dl_3', ...{ dueOn: '2022-06-10', dueAt: endOfDay('2022-06-10') } })
    const offers = [answers[0]!, open]
    const input = inputFor('pe_7', {
      recipient: { name: '钱镇', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] },
      ...waitingFor(head, { ...facts, answers: offers }),
    })
    expect(headlineOf(input)).toBe('请督促答复移交 1 件(已逾期)')
    const second = {
      ...input,
      answers: input.answers.map((work) => ({ ...work, begins: '李镇' })),
    }
    expect(headlineOf(second)).toBe('现在没有要您办的;由李镇先督促 1 件,其不在时由您办')
    expect(buttonOf(second)).toEqual({
      words: expect.anything() as string,
      button: '查看移交',
      url: 'https://duban.example/obligations?standing=all&mail=ml_1&counted=hand-over',
    })
    const { text } = composeDigest(input)
    expect(text.split('—— 请您督促 1 件 ——')[1]).toMatch(/YJ-1 → 请督促尽快答复\n.*\n {4}先联系:接收人 王某/)
    expect(text).toContain('◆ 待答复移交 2 件,最早的本应 6月2日 周四答复,其中逾期 1 件')
  })
})

test('what is late in a town is the first head’s to press, also where no line of the mail is about it', () => {
  const heads = new Map([['maoba', ['pe_1', 'pe_2']]])
  const readers = new Map([
    ['pe_7', WANG],
    ['pe_1', { ...WANG, id: 'pe_1', name: '李镇' }],
  ])
  const facts = { ...FACTS, heads, readers, late: [row(1), row(2, { person: 'pe_7' })] }
  const inputFor = (id: string) => {
    const reader = { ...NOBODY, id, heads: new Set(['maoba']), oversees: false }
    const own = ownStanding({ late: { count: 2, longest: 4, red: 2 }, inHand: 2 })
    return digest({
      recipient: { name: '钱镇', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] },
      standing: { own, review: null, county: null },
      ...{ sections: [], late: lateBeside(reader, [], 2, facts) },
    })
  }
  expect(headlineOf(inputFor('pe_1'))).toBe('请督促本镇逾期红色 2 件')
  const second = inputFor('pe_2')
  expect(headlineOf(second)).toBe('现在没有要您办的;由李镇先督促 2 件,其不在时由您办')
  expect(buttonOf(second)).toMatchObject({ button: '查看本镇逾期' })
  const { subject, text } = composeDigest(second)
  expect(subject).toBe('【知晓】同事先督促 2 件')
  expect(text).not.toMatch(/请您督促|请督促/)
  expect(text.split('—— 由李镇先督促 2 件,其不在时由您督促 ——')[1]!.match(/^▲ /gm)).toHaveLength(2)
  // Whoever is late themselves presses nobody.
  const late = { ...NOBODY, id: 'pe_2', heads: new Set(['maoba']), oversees: false }
  const performing = { ...facts, officers: new Map([['maoba', ['pe_1']]]) }
  expect(lateBeside(late, [], 2, performing).items.map(({ begins }) => begins)).toEqual([null, null])
})

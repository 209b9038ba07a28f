import { describe, expect, it, test } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { factsOf, subjectOf } from '../../src/mail/digest-subject.ts'
import { headlineOf } from '../../src/mail/digest-tasks.ts'
import type { AlsoTold, DigestEntry, DigestInput } from '../../src/mail/digest-types.ts'
import { countyStanding, digest, dueOn, entry, heldWork, item, lateItem, ownStanding } from './sample.ts'

const NOTHING = { own: null, review: null, county: null }
const FIRST: AlsoTold = {
  ...{ name: '赵某', as: '经办人', phone: null, together: true, first: true, asked: false, since: null },
}
const LATE = { count: 2, red: 1, longest: 4 }
const textOf = (input: DigestInput) => composeDigest(input).text
/** The numbers of the lines, from above. */
const listed = (input: DigestInput) =>
  [...textOf(input).matchAll(/^.*[▲◔○].*YJ2022-(\d{4})/gm)].map(([, n]) => n)
const headings = (input: DigestInput) =>
  [...textOf(input).matchAll(/^—— (.+) ——$/gm)].map(([, words]) => words)

const line = (n: number, day: string, over: Partial<DigestEntry> = {}) =>
  entry({ deadline: `dl_${n}`, count: 1, items: [item(n)], due: dueOn(day), ...over })
/** Today's, a late one and a red late one that is not as long. */
const lines = (over: Partial<DigestEntry>) => [
  line(1, '2022-06-09', over),
  line(2, '2022-06-02', { kind: 'overdue', ...over }),
  line(3, '2022-06-07', { kind: 'overdue', level: 'red', ...over }),
]

describe('what is late stands above what is due today, the red one first', () => {
  const own = ownStanding({ late: LATE, dueToday: 1, inHand: 3 })
  it.each([
    ['of whoever begins', []],
    ['of the second, who is asked for nothing', [FIRST]],
  ])('in the letter %s', (_, alsoTold) => {
    const input = digest({ standing: { ...NOTHING, own }, sections: lines({ alsoTold }) })
    expect(listed(input)).toEqual(['0003', '0002', '0001'])
  })

  it('where an earlier mail told of it, too', () => {
    const input = digest({
      standing: { ...NOTHING, own },
      sections: [line(1, '2022-06-09')],
      late: {
        items: [lateItem(2, '2022-06-02', { begins: '赵某' }), lateItem(3, '2022-06-07', { level: 'red' })],
        more: 0,
      },
      held: { review: [], perform: [heldWork(4, '2022-06-09', { begins: '赵某', count: 1 })] },
    })
    expect(listed(input)).toEqual(['0003', '0001', '0002', '0004'])
  })

  it('in the first sentence of the second, with how much of it is late', () => {
    const input = digest({ standing: { ...NOTHING, own }, sections: lines({ alsoTold: [FIRST] }) })
    expect(headlineOf(input)).toBe('现在没有要您办的;由赵某先办理 3 件(2 件已逾期),其不在时由您办')
    expect(subjectOf(input)).toBe('【知晓】同事先办理逾期 2 件,另由同事先办理 1 件')
  })
})

describe('of two parts that a colleague begins with', () => {
  const centre = (work: DigestEntry[]) =>
    digest({
      recipient: { name: '钱某', roles: ['relief-centre'], officeName: '救助中心', standsInFor: [] },
      standing: { ...NOTHING, county: countyStanding([['毛坝镇', 1, 4]]) },
      sections: work,
    })
  const own = (day: string) => line(1, day, { officeName: '救助中心', alsoTold: [FIRST] })
  const townLate = line(2, '2022-06-02', { kind: 'escalation', alsoTold: [FIRST] })

  it('the one with something late stands first', () => {
    expect(headings(centre([own('2022-06-09'), townLate])).slice(0, 2)).toEqual([
      expect.stringContaining('先督促 1 件'),
      expect.stringContaining('先办理 1 件'),
    ])
    expect(headings(centre([own('2022-06-02'), townLate]))[0]).toContain('先办理 1 件')
  })
})

test('a head presses for what is late before they remind of what is due today', () => {
  const input = digest({
    recipient: { name: '钱镇', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] },
    standing: {
      ...NOTHING,
      own: ownStanding({ late: { count: 1, red: 0, longest: 4 }, dueToday: 1, inHand: 2 }),
    },
    sections: [line(2, '2022-06-02', { kind: 'escalation' })],
    held: { review: [], perform: [heldWork(1, '2022-06-09', { count: 1 })] },
  })
  expect(headings(input).slice(0, 2)).toEqual(['请您督促 1 件', '请您提醒经办人 1 件'])
  expect(headlineOf(input)).toBe('请督促本镇逾期 1 件;请提醒经办人今天办结到期的 1 件')
})

describe('the second head of a town', () => {
  const head = (sections: DigestEntry[]) =>
    digest({
      recipient: { name: '周副', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] },
      standing: {
        ...NOTHING,
        own: ownStanding({ late: { count: sections.length, red: 0, longest: 4 }, inHand: sections.length }),
      },
      sections,
    })
  const first = { ...FIRST, as: '镇分管领导' }
  const above: AlsoTold = { ...FIRST, ...{ name: '李局', as: '分管局领导', together: false, first: false } }
  const asked = { ...above, asked: true, since: '2022-06-08' }

  it('presses nothing that the first one does, also after it was reported above', () => {
    const pressed = line(1, '2022-06-02', { kind: 'escalation', alsoTold: [first] })
    const copied = line(2, '2022-06-02', { kind: 'copied', alsoTold: [first, asked] })
    const input = head([pressed, copied])
    expect(subjectOf(input)).toBe('【知晓】同事先督促 2 件')
    expect(headings(input)[0]).toBe('由赵某先督促 2 件,其不在时由您督促')
    expect(textOf(input)).toMatch(/YJ2022-0002 因病 → 6月8日已上报分管局领导\n/)
    const two = head([pressed, { ...copied, alsoTold: [{ ...first, name: '孙某' }, asked] }])
    expect(textOf(two)).toContain('→ 6月8日已上报分管局领导,由孙某先督促,其不在时由您督促')
  })

  it('and the first one goes on pressing what was reported above', () => {
    const copied = line(2, '2022-06-02', { kind: 'copied', alsoTold: [{ ...first, first: false }, asked] })
    expect(textOf(head([copied]))).toContain('→ 6月8日已上报分管局领导,请继续督促经办人')
  })
})

test('an answer that a colleague is late with stands before reviews that have time', () => {
  const review = { waiting: 1, late: 0, oldestDueOn: '2022-06-09', provisional: false } as const
  const input = digest({
    recipient: { name: '钱某', roles: ['relief-centre'], officeName: '救助中心', standsInFor: [] },
    standing: { own: null, review, county: countyStanding([]) },
    reviewers: { names: [], firsts: ['赵某'], own: null },
    held: {
      review: [heldWork(8, '2022-06-09', { count: 1, stage: 'review', begins: '赵某' })],
      perform: [],
    },
    answers: [heldWork(9, '2022-06-07', { count: 1, stage: 'extension', begins: '赵某' })],
    sections: [],
  })
  expect(factsOf(input)).toEqual(['同事先办理 1 件(已逾期)', '同事先复核 1 件(今天到期)'])
  expect(headlineOf(input)).toBe(
    '现在没有要您办的;由赵某先办理 1 件(已逾期)、复核 1 件(今天到期),其不在时由您办',
  )
})

describe('a request that waits past its day', () => {
  const asked = (day: string) =>
    line(1, day, { kind: 'requested', stage: 'extension', label: '黄色预警核查(延期申请)' })
  const input = (day: string, over: Partial<DigestInput> = {}) =>
    digest({
      standing: { ...NOTHING, own: ownStanding({ dueToday: 2, inHand: 2 }) },
      sections: [asked(day)],
      ...over,
    })

  it('is called late as any work is, before what is due today', () => {
    expect(subjectOf(input('2022-06-07'))).toBe('【逾期】请答复延期申请 1 件(已逾期),今日到期 2 件')
    expect(headlineOf(input('2022-06-07'))).toBe('请答复延期申请 1 件(已逾期);请今天办结到期的 2 件')
  })

  it('comes behind what is due today while it has time', () => {
    expect(factsOf(input('2022-06-10'))).toEqual(['今日到期 2 件', '请答复延期申请 1 件,明天到期'])
    expect(subjectOf(input('2022-06-10', { standing: NOTHING }))).toMatch(/^【待批】/)
  })

  it('stands among late reviews and late work, each with its own number', () => {
    const review = { waiting: 2, late: 1, oldestDueOn: '2022-06-07', provisional: false } as const
    const own = ownStanding({ late: { count: 1, red: 0, longest: 3 }, dueToday: 2, inHand: 3 })
    expect(factsOf(input('2022-06-07', { standing: { own, review, county: null } })).slice(0, 5)).toEqual([
      ...['逾期 1 件', '已 3 个工作日', '请先复核逾期 1 件'],
      ...['请答复延期申请 1 件(已逾期)', '今日到期 2 件'],
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { standByWords } from '../../src/mail/digest-sharing.ts'
import { headlineOf } from '../../src/mail/digest-tasks.ts'
import type { AlsoTold, DigestEntry, DigestInput, LateItem } from '../../src/mail/digest-types.ts'
import {
  countyStanding,
  digest,
  dueOn,
  entry,
  heldWork,
  item,
  lateItem,
  leaderDigest,
  ownStanding,
} from './sample.ts'

const textOf = (input: DigestInput) => composeDigest(input).text
const told = (name: string, over: Partial<AlsoTold> = {}): AlsoTold => ({
  ...{ name, as: '经办人', phone: null, together: true, first: false, asked: false, since: null },
  ...over,
})
const line = (n: number, alsoTold: AlsoTold[], over: Partial<DigestEntry> = {}) =>
  entry({ deadline: `dl_${n}`, count: 1, items: [item(n)], alsoTold, due: dueOn('2022-06-20'), ...over })
const standing = (count: number) => ({
  own: ownStanding({ late: { count, longest: 4, red: 0 }, inHand: 2 * count }),
  ...{ review: null, county: null },
})
const countIn = (text: string, words: string) => text.split(words).length - 1

describe('who shares what is to be done', () => {
  it('is said once for all of it, also for what was told before', () => {
    const late = { items: [lateItem(3, '2022-06-02', { shares: ['李某'] })], more: 0 }
    const sections = [line(1, [told('李某')]), line(2, [told('李某')])]
    const text = textOf(digest({ standing: standing(1), sections, late }))
    expect(text).toMatch(/—— 请您办理 3 件 ——\n\n {4}由您先办理;您不在时由李某办理\n/)
    expect(countIn(text, '由您先办理')).toBe(1)
  })

  it('is said line by line where one of them is the reader’s alone', () => {
    const late = { items: [lateItem(3, '2022-06-02')], more: 0 }
    const sections = [line(1, [told('李某')]), line(2, [told('李某')])]
    const text = textOf(digest({ standing: standing(1), sections, late }))
    expect(countIn(text, '由您先办理;您不在时由李某办理')).toBe(2)
  })

  it('is said of what was told before as well, where a line is the reader’s alone', () => {
    const late = { items: [lateItem(3, '2022-06-02', { shares: ['李某'] })], more: 0 }
    const text = textOf(digest({ standing: standing(1), sections: [line(1, [])], late }))
    expect(text).toMatch(/YJ2022-0003.*\n.*\n {4}由您先办理;您不在时由李某办理\n/)
    expect(countIn(text, '由您先办理')).toBe(1)
    // What an earlier mail asked to press is pressed by whom it asked.
    const asked = { ...lateItem(3, '2022-06-02', { shares: ['李某'] }), askedOn: '2022-06-07' } as const
    const lines = [told('李某'), told('周某')].map((one, n) =>
      line(n, [one], { kind: 'escalation', due: dueOn('2022-06-02') }),
    )
    const ofCounty = { own: null, review: null, county: countyStanding([['毛坝镇', 3, 4]]) }
    const before = { items: [asked], more: 0, red: 0, reviews: 0, answers: 0 }
    expect(
      countIn(textOf(leaderDigest({ standing: ofCounty, sections: lines, asked: before })), '由您先督促'),
    ).toBe(2)
  })

  it('is said of all lines, those for which there is no room among them', () => {
    const shared = Array.from({ length: 10 }, (_, n) => line(n, [told('李某')]))
    const alone = line(11, [], { due: dueOn('2022-06-30') })
    const text = textOf(digest({ standing: standing(0), sections: [...shared, alone] }))
    expect(text).toContain('另有 1 条')
    expect(countIn(text, '    由您先办理;您不在时由李某办理')).toBe(10)
  })

  it('is said of what is listed where others are only counted', () => {
    const late = { items: [lateItem(3, '2022-06-02', { shares: ['李某'] })], more: 5 }
    const text = textOf(digest({ standing: standing(6), sections: [], late }))
    expect(text).toMatch(/—— 请您办理 6 件 ——\n\n {4}所列事项由您先办理;您不在时由李某办理\n/)
    const three = [lateItem(3, '2022-06-02', { begins: '赵某', shares: ['钱某'] })]
    expect(textOf(digest({ standing: standing(6), sections: [], late: { items: three, more: 5 } }))).toMatch(
      /—— 由赵某先办理 6 件,其不在时由您办理 ——\n\n {4}所列事项由赵某先办理,其不在时由钱某或您办理\n/,
    )
  })

  it('is said once of what the reader presses, since an earlier mail asked the same people', () => {
    const asked = { ...lateItem(3, '2022-06-02'), askedOn: '2022-06-07' } as const
    const sections = [
      line(1, [told('李某', { as: '救助中心' })], { kind: 'escalation', due: dueOn('2022-06-02') }),
    ]
    const text = textOf(
      leaderDigest({
        standing: { own: null, review: null, county: countyStanding([['毛坝镇', 2, 4]]) },
        sections,
        asked: { items: [asked], more: 0, red: 0, reviews: 0, answers: 0 },
      }),
    )
    expect(text).toMatch(/—— 请您督促 2 件:新增 1 件、再次 1 件 ——\n\n {4}由您先督促;您不在时由李某督促\n/)
    expect(countIn(text, '由您先督促')).toBe(1)
  })

  it('names the third one where three share it: who begins, and who stands by beside the reader', () => {
    const first = told('赵某', { first: true })
    const late = { items: [lateItem(3, '2022-06-02', { begins: '赵某', shares: ['钱某'] })], more: 0 }
    const sections = [line(1, [first, told('钱某')]), line(2, [first, told('钱某')])]
    const text = textOf(digest({ standing: standing(1), sections, late }))
    expect(text).toContain('—— 由赵某先办理 3 件,其不在时由钱某或您办理 ——')
    const two = textOf(
      digest({ standing: standing(1), sections: [line(1, [first]), ...sections.slice(1)], late }),
    )
    expect(two).toContain('—— 由赵某先办理 3 件,其不在时由您办理 ——')
  })

  it('names a third one of the same name, in a line and where it was told before', () => {
    const first = told('赵某', { first: true })
    const sections = [line(1, [first, told('赵某')]), line(2, [told('李某', { first: true })])]
    const text = textOf(digest({ standing: standing(0), sections }))
    expect(text).toContain('    由赵某先办理,其不在时由赵某或您办理')
    const late = [lateItem(3, '2022-06-02', { begins: '赵某', shares: ['赵某'] })]
    expect(textOf(digest({ standing: standing(1), sections: [], late: { items: late, more: 0 } }))).toContain(
      '—— 由赵某先办理 1 件,其不在时由赵某或您办理 ——',
    )
  })

  it('names two who begin with a part each, and more as colleagues', () => {
    const by = (...names: string[]) => names.map((name, n) => line(n, [told(name, { first: true })]))
    const input = (sections: DigestEntry[]) => digest({ standing: standing(0), sections })
    const two = input(by('赵某', '钱某'))
    expect(textOf(two)).toContain('—— 由赵某、钱某分别先办理(共 2 件),其不在时由您办理 ——')
    expect(textOf(two)).toContain('    由钱某先办理,其不在时由您办理')
    expect(headlineOf(two)).toBe('现在没有要您办的;由赵某、钱某分别先办理(共 2 件),其不在时由您办')
    expect(textOf(input(by('赵某', '钱某', '孙某')))).toContain('—— 由同事先办理 3 件')
    expect(standByWords(['赵某', '钱某'], '复核', ['孙某'])).toBe(
      '由赵某、钱某分别先复核,其不在时由孙某或您复核',
    )
  })

  it('names nobody where two begin with work of two kinds, whose it is the list says', () => {
    const review = { waiting: 1, late: 0, oldestDueOn: '2022-06-14', provisional: false } as const
    const by = (work: string) =>
      digest({
        standing: { ...standing(0), review },
        reviewers: { names: [], firsts: ['钱某'], own: null },
        held: {
          review: [heldWork(9, '2022-06-14', { count: 1, stage: 'review', begins: '钱某' })],
          perform: [],
        },
        sections: [line(1, [told(work, { first: true })])],
      })
    expect(headlineOf(by('赵某'))).toBe('现在没有要您办的;由同事先复核 1 件、办理 1 件,其不在时由您办')
    expect(headlineOf(by('钱某'))).toBe('现在没有要您办的;由钱某先复核 1 件、办理 1 件,其不在时由您办')
  })

  it('says of reviews who begin, where it is somebody else each time', () => {
    const review = { waiting: 2, late: 0, oldestDueOn: '2022-06-14', provisional: false } as const
    const input = leaderDigest({
      standing: { own: null, review, county: countyStanding([]) },
      reviewers: { names: [], firsts: ['赵某', '钱某'], own: null },
      held: {
        review: ['赵某', '钱某'].map((begins, n) =>
          heldWork(n, '2022-06-14', { count: 1, stage: 'review', begins }),
        ),
        perform: [],
      },
      sections: [],
    })
    expect(headlineOf(input)).toBe('现在没有要您办的;由赵某、钱某分别先复核(共 2 件),其不在时由您办')
    const late = { ...input, standing: { ...input.standing, review: { ...review, late: 1 } } }
    expect(headlineOf(late)).toContain('由赵某、钱某分别先复核(共 2 件,1 件已逾期),其不在时由您办')
  })
})

describe('whom a head telephones', () => {
  const HEAD = { name: '钱镇', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] } as const
  const officer = told('王某', { together: false, phone: '000-00000101' })
  const headOf = (late: LateItem[], sections: DigestEntry[]) =>
    textOf(
      digest({
        recipient: { ...HEAD, roles: [...HEAD.roles], standsInFor: [] },
        ...{ standing: standing(3), sections, late: { items: late, more: 0 } },
      }),
    )
  const holders = [{ name: '王某', phone: '000-00000101' }]

  it('is named once for lines of the round and for what was told before', () => {
    const above = told('赵主任', { as: '救助中心', together: false })
    const sections = [line(1, [officer, above], { kind: 'copied', due: dueOn('2022-06-02') })]
    const text = headOf(
      [2, 3].map((n) => lateItem(n, '2022-06-02', { holders })),
      sections,
    )
    expect(text).toMatch(/—— 请您督促 3 件 ——\n\n {4}先联系:经办人 王某\(电话 000-00000101\)\n/)
    expect(countIn(text, '王某')).toBe(1)
    // Who else was told is of that line alone.
    expect(text).toMatch(/YJ2022-0001.*\n.*\n {4}也已告知:救助中心 赵主任\n/)
  })

  it('is named with each line where it is not the same for all', () => {
    const other = [{ name: '周某', phone: '000-00000102' }]
    const text = headOf(
      [lateItem(2, '2022-06-02', { holders: other })],
      [line(1, [officer], { kind: 'escalation', due: dueOn('2022-06-02') })],
    )
    expect(text).toMatch(/YJ2022-0001.*\n.*\n {4}先联系:经办人 王某\(电话 000-00000101\)/)
    expect(text).toMatch(/YJ2022-0002.*\n.*\n {4}先联系:经办人 周某\(电话 000-00000102\)/)
  })
})

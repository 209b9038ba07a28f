import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LINE_TAGS, type LineKind } from '../../src/domain/escalation/notification-kind.ts'
import { composeDigest } from '../../src/mail/digest.ts'
import { factsOf, preheaderOf, subjectOf } from '../../src/mail/digest-subject.ts'
import { headlineOf } from '../../src/mail/digest-tasks.ts'
import type { DigestEntry, DigestInput } from '../../src/mail/digest-types.ts'
import { countyStanding, digest, dueOn, entry, lateItem, leaderDigest, ownStanding } from './sample.ts'

const NOTHING = { own: null, review: null, county: null }
const escalated = entry({ kind: 'escalation', due: dueOn('2022-06-02') })
const LATE = { count: 2, red: 0, longest: 4 }

describe('the subject', () => {
  it('says how many the reader is to press and whom first, before how many are late in the county', () => {
    const county = countyStanding([
      ['毛坝镇', 2, 4],
      ['界岭镇', 2, 2],
      ['洞河镇', 1, 1],
    ])
    const input = leaderDigest({ standing: { ...NOTHING, county }, sections: [escalated] })
    expect(subjectOf(input)).toBe('【督办】请督促 3 件,先督促毛坝镇,全县逾期 5 件')
  })

  it('of a county says how many are late and for how long, and asks nothing where nothing is asked', () => {
    const both = countyStanding([
      ['毛坝镇', 2, 4],
      ['核对中心', 1, 1],
    ])
    const of = (county: typeof both) => leaderDigest({ standing: { ...NOTHING, county }, sections: [] })
    expect(subjectOf(of(both))).toBe('【知晓】全县逾期 3 件,最长 4 个工作日')
    expect(headlineOf(of(both))).toBe('全县逾期 3 件,现在没有要您督促的')
    expect(subjectOf(of(countyStanding([['毛坝镇', 2, 0]])))).toBe('【知晓】全县逾期 2 件')
    expect(subjectOf(of(countyStanding([['毛坝镇', 1, 3]])))).toBe('【知晓】全县逾期 1 件,已 3 个工作日')
  })

  it('counts once what is asked now and was asked before, what is new first, and begins the letter with the gravest of both', () => {
    const county = countyStanding([
      ['毛坝镇', 3, 4],
      ['界岭镇', 1, 9, 1],
    ])
    const red = {
      ...lateItem(9, '2022-05-25', { officeName: '界岭镇', level: 'red' }),
      askedOn: '2022-06-01',
    }
    const input = leaderDigest({
      ...{ standing: { ...NOTHING, county }, sections: [escalated] },
      asked: { items: [red], more: 0, red: 1, reviews: 0, answers: 0 },
    })
    expect(subjectOf(input)).toBe('【督办】请督促新增 3 件(毛坝镇),再次督促红色 1 件')
    expect(headlineOf(input)).toBe(
      '请督促 4 件(新增 3 件、再次 1 件),其中红色 1 件,先督促界岭镇黄色预警核查(逾期 10 个工作日)',
    )
    expect(composeDigest(input).text).toContain('—— 请您督促 4 件(红色 1 件):新增 3 件、再次 1 件 ——')
  })

  it('counts what falls due today and soon', () => {
    const own = ownStanding({ dueToday: 2, dueSoon: 5 })
    expect(subjectOf(digest({ standing: { ...NOTHING, own } }))).toBe(
      '【提醒】今日到期 2 件,3 个工作日内到期 5 件',
    )
  })

  it('names a single urgent task and says that it is urgent, before anything else', () => {
    const sections = [
      entry({ kind: 'assigned', label: '红色预警核查', level: 'red', count: 1, due: dueOn('2022-06-14') }),
    ]
    const own = ownStanding({ late: LATE })
    expect(subjectOf(digest({ sections, urgent: true, standing: { ...NOTHING, own } }))).toMatch(
      /^【新任务】急:红色预警核查 1 件,6月14日到期/,
    )
    expect(subjectOf(digest({ sections, standing: { ...NOTHING, own } }))).toBe(
      '【逾期】逾期 2 件,最长 4 个工作日',
    )
  })

  it('speaks of new tasks where they are of several kinds, and of corrections alone', () => {
    const sections = [
      entry({ kind: 'assigned', deadline: 'dl_1', label: '全面排查', count: 1 }),
      entry({ kind: 'assigned', deadline: 'dl_2', label: '数据比对', count: 2 }),
    ]
    const standing = { ...NOTHING, own: ownStanding() }
    expect(subjectOf(digest({ sections, standing }))).toBe('【新任务】新任务 3 件,6月10日到期')
    expect(subjectOf(digest({ sections: [], standing: NOTHING, corrections: ['一', '二'] }))).toBe(
      '【变动】2 条更正和变动',
    )
    const county = countyStanding([['毛坝镇', 2, 4]])
    const leader = leaderDigest({ standing: { ...NOTHING, county }, sections: [], corrections: ['一'] })
    expect(subjectOf(leader)).toBe('【变动】1 条更正和变动,全县逾期 2 件')
  })

  it('counts a deadline once that stands there as escalation and as passed on', () => {
    const county = countyStanding([['毛坝镇', 2, 4]])
    const sections = [escalated, { ...escalated, kind: 'passed-on' as const }]
    expect(subjectOf(leaderDigest({ standing: { ...NOTHING, county }, sections }))).toBe(
      '【督办】请督促 3 件,先督促毛坝镇,全县逾期 2 件',
    )
  })

  it('counts deadlines one by one, even those that read alike', () => {
    const sections = [1, 2, 3].map((n) => entry({ kind: 'assigned', deadline: `dl_${n}`, count: 1 }))
    const standing = { ...NOTHING, own: ownStanding() }
    expect(subjectOf(digest({ sections, standing }))).toBe('【新任务】黄色预警核查 3 件,6月10日到期')
  })

  it('names what a reminder calls to mind long before its day', () => {
    const far = entry({ count: 1, label: '全面排查', due: dueOn('2022-06-24') })
    const standing = { ...NOTHING, own: ownStanding() }
    expect(subjectOf(digest({ sections: [far], standing }))).toBe('【提醒】全面排查 1 件,6月24日到期')
    const fresh = entry({ kind: 'assigned', deadline: 'dl_2', count: 2 })
    expect(subjectOf(digest({ sections: [far, fresh], standing }))).toBe(
      '【提醒】此后到期 3 件,其中 6月10日到期 2 件',
    )
  })

  it('says that something is late wherever it is', () => {
    const standing = { ...NOTHING, own: ownStanding({ late: LATE }) }
    for (const sections of [[entry({ kind: 'accepted' })], [escalated]])
      expect(subjectOf(digest({ sections, standing }))).toMatch(/^【逾期】逾期 2 件/)
  })

  it('begins with what is late, and goes on with what is due today', () => {
    const of = (red: number) =>
      subjectOf(
        digest({
          sections: [],
          standing: { ...NOTHING, own: ownStanding({ late: { ...LATE, red }, dueToday: 2 }) },
        }),
      )
    expect(of(0)).toBe('【逾期】逾期 2 件,最长 4 个工作日,今日到期 2 件')
    expect(of(1)).toBe('【逾期】逾期 2 件(红色 1 件),最长 4 个工作日')
  })

  it.each<[LineKind[], string]>([
    [['accepted', 'assigned'], '新任务'],
    [['assigned', 'reminder'], '提醒'],
    [['reminder', 'returned'], '已退回'],
    [['accepted', 'escalation'], '督办'],
    [['accepted', 'passed-on'], '转给您'],
    [['accepted'], '已通过'],
    [[], '知晓'],
  ])('of lines %j begins with %s', (kinds, tag) => {
    const sections = kinds.map((kind, i) => entry({ kind, deadline: `dl_${i}` }))
    const own = ownStanding({ dueSoon: kinds.includes('reminder') ? 6 : 0 })
    expect(subjectOf(digest({ sections, standing: { ...NOTHING, own } }))).toMatch(new RegExp(`^【${tag}】`))
  })

  it.each([
    ['黄色预警核查', false, '【新任务】黄色预警核查 1 件,暂定明年1月10日到期'],
    ['红色预警核查', true, '【新任务】急:红色预警核查 1 件,暂定明年1月10日到期'],
  ])('of a single %s says that its day may still move', (label, urgent, subject) => {
    const due = { ...dueOn('2023-01-10'), provisional: true }
    const sections = [entry({ kind: 'assigned', label, count: 1, due })]
    expect(subjectOf(digest({ sections, urgent, standing: { ...NOTHING, own: ownStanding() } }))).toBe(
      subject,
    )
    expect(subject.length).toBeLessThanOrEqual(30)
  })

  it('says what is returned, waits for review, or is passed, each where it is the gravest', () => {
    const of = (kind: LineKind, standing: DigestInput['standing'] = { ...NOTHING, own: ownStanding() }) =>
      subjectOf(digest({ sections: [entry({ kind })], standing }))
    expect(of('returned')).toBe('【已退回】退回重办 3 件,6月10日到期')
    expect(of('accepted')).toBe('【已通过】黄色预警核查 3 件通过复核,无需再办')
    const review = { waiting: 4, late: 0, oldestDueOn: '2022-06-14', provisional: false }
    expect(of('submitted', { ...NOTHING, review })).toBe('【待复核】请复核 4 件,最早 6月14日到期')
  })
})

const lateness = fc.record({
  count: fc.nat({ max: 3000 }),
  longest: fc.nat({ max: 400 }),
  red: fc.nat({ max: 20 }),
})
const inputs = fc
  .record({
    kinds: fc.array(fc.constantFrom(...(Object.keys(LINE_TAGS) as LineKind[])), { maxLength: 4 }),
    label: fc.constantFrom('黄色预警核查', '一个很长很长很长很长的规则名称核查核查核查核查'),
    office: fc.constantFrom('毛坝镇', '一个名称特别长的省直管开发区街道办事处镇', '核\r\n对中心'),
    late: lateness,
    dueToday: fc.nat({ max: 500 }),
    dueSoon: fc.nat({ max: 500 }),
    waiting: fc.nat({ max: 500 }),
    oversees: fc.boolean(),
    urgent: fc.boolean(),
    corrections: fc.array(fc.string(), { maxLength: 2 }),
  })
  .map(({ kinds, label, office, late, dueToday, dueSoon, waiting, oversees, ...of }) =>
    digest({
      ...of,
      sections: kinds.map((kind, i) => entry({ kind, label, officeName: office, deadline: `dl_${i}` })),
      standing: {
        own: ownStanding({ late, dueToday, dueSoon }),
        review: waiting > 0 ? { waiting, late: 0, oldestDueOn: '2022-06-14', provisional: false } : null,
        county: oversees && late.count > 0 ? countyStanding([[office, late.count, late.longest]]) : null,
      },
    }),
  )

describe('for whatever a round is about', () => {
  it('the subject is one line of at most 30 characters that begins with the gravest fact', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const subject = subjectOf(input)
        expect(subject.length).toBeLessThanOrEqual(30)
        expect(subject).toMatch(/^【\S{2,4}】[^\r\n]+$/)
        const [gravest = '没有逾期'] = factsOf(input).map((fact) => fact.replace(/\s+/g, ' '))
        const said = subject.replace(/^【\S+?】(急:)?/, '').replace(/…$/, '')
        expect(gravest.startsWith(said) || said.startsWith(gravest)).toBe(true)
      }),
    )
  })

  it('the preheader is the next two facts, none that the subject says already', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const subject = subjectOf(input)
        const left = factsOf(input).filter((fact) => !subject.includes(fact))
        expect(preheaderOf(input)).toBe(left.slice(0, 2).join(';'))
      }),
    )
  })
})

describe('the preheader', () => {
  const own = ownStanding({ late: LATE, dueToday: 3, dueSoon: 5, returned: 1 })
  const input = digest({
    sections: [entry({ kind: 'returned', count: 1 })],
    standing: { ...NOTHING, own },
  })

  it('says what the subject has no room for', () => {
    expect(subjectOf(input)).toBe('【逾期】逾期 2 件,最长 4 个工作日,今日到期 3 件')
    expect(preheaderOf(input)).toBe('退回重办 1 件,6月10日到期;3 个工作日内到期 4 件')
    expect(headlineOf(input)).toBe('请办结逾期 2 件;请今天办结到期的 3 件;请重办退回的 1 件,6月10日到期')
  })

  it('stands first in the HTML, where nobody sees it, and nowhere in the text', () => {
    const { html, text } = composeDigest(input)
    const [hidden] = /<div style="display:none;[^"]*">([^<]*)<\/div>/.exec(html) ?? []
    expect(hidden).toContain(preheaderOf(input))
    expect(html.indexOf(hidden!)).toBeLessThan(html.indexOf('<table'))
    expect(text).not.toContain(preheaderOf(input))
  })
})

it('a mail about nothing grave says that nothing is late', () => {
  const input = digest({ sections: [], standing: { ...NOTHING, own: ownStanding() } })
  expect(subjectOf(input)).toBe('【知晓】没有逾期')
  expect(headlineOf(input)).toBe('没有逾期,没有要办的事')
  expect(preheaderOf(input)).toBe('')
  // The greeting would be no news: how things stand is.
  expect(composeDigest(input).html).toMatch(/<div style="display:none;[^"]*">◆ 毛坝镇:没有逾期<\/div>/)
})

it('names the office to press', () => {
  const county = countyStanding([
    ['毛坝镇', 2, 4],
    ['界岭镇', 1, 2],
  ])
  const of = (officeName: string) =>
    leaderDigest({ standing: { ...NOTHING, county }, sections: [{ ...escalated, officeName, count: 1 }] })
  expect(factsOf(of('界岭镇'))).toContain('请督促界岭镇 1 件')
  expect(factsOf(of('毛坝镇'))).toContain('请督促毛坝镇 1 件')
})

describe('what no number of late work counts', () => {
  const county = countyStanding([
    ['毛坝镇', 3, 4],
    ['界岭镇', 2, 2],
  ])
  const late = entry({ ...escalated, deadline: 'dl_late', count: 1 })
  const review = entry({
    ...escalated,
    ...{ deadline: 'dl_review', stage: 'review', officeName: '救助中心', count: 2 },
  })
  const early = entry({ ...escalated, deadline: 'dl_early', kind: 'passed-on', due: dueOn('2022-06-10') })
  const leader = (sections: DigestInput['sections'], of = county) =>
    leaderDigest({ standing: { ...NOTHING, county: of }, sections })

  it('a late review is in the number to press, and beside that of the county', () => {
    const input = leader([review])
    expect(factsOf(input)).toEqual(['请督促 2 件', '先督促救助中心', '全县逾期 5 件', '最长 4 个工作日'])
    expect(headlineOf(input)).toBe('请督促 2 件,先督促救助中心黄色预警核查(逾期 4 个工作日)')
    expect(composeDigest(input).text).toContain('请您督促的另有 2 件是复核等,不计在内')
    const both = leader([late, review])
    expect(headlineOf(both)).toMatch(/^请督促 3 件\(复核 2 件\),先督促/)
    expect(composeDigest(both).text).toContain(
      '其中请您督促 1 件;其余 4 件见列表;请您督促的另有 2 件是复核等,不计在内',
    )
  })

  it('what is early stands beside what is late, each with its own number', () => {
    expect(factsOf(leader([late, early]))).toEqual([
      ...['请督促 4 件', '先督促毛坝镇', '全县逾期 5 件', '最长 4 个工作日'],
    ])
  })

  it('is what a colleague presses first or others were asked, where a review is late', () => {
    const first = {
      name: '赵某',
      as: '救助中心',
      phone: null,
      together: true,
      first: true,
      asked: true,
      since: null,
    }
    expect(factsOf(leader([{ ...review, alsoTold: [first] }]))).toContain('同事先督促 2 件')
    const copied = {
      ...review,
      kind: 'copied' as const,
      alsoTold: [{ ...first, together: false, first: false }],
    }
    expect(factsOf(leader([copied]))).toContain('已请救助中心督促 2 件')
    expect(subjectOf(leader([copied], countyStanding([])))).toBe('【知晓】已请救助中心督促 2 件')
  })

  it('is asked in the subject where nothing else is late', () => {
    expect(subjectOf(leader([review], countyStanding([])))).toBe('【督办】请督促 2 件,先督促救助中心')
    expect(subjectOf(leader([early], countyStanding([])))).toBe('【转给您】请督促 3 件,先督促毛坝镇')
  })

  it('is asked of a head, with and without something late of the own town', () => {
    const answer = entry({ ...escalated, stage: 'hand-over', count: 1, deadline: 'dl_answer' })
    const other = entry({
      ...escalated,
      kind: 'passed-on',
      count: 1,
      officeName: '界岭镇',
      deadline: 'dl_other',
    })
    const head = (line: DigestEntry, late = { count: 0, red: 0, longest: 0 }) =>
      digest({
        recipient: { name: '钱镇', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] },
        standing: { ...NOTHING, own: ownStanding({ late }) },
        sections: [line, ...(late.count > 0 ? [{ ...escalated, count: 2 }] : [])],
      })
    expect(subjectOf(head(answer))).toBe('【督办】请督促答复移交 1 件(已逾期)')
    expect(headlineOf(head(answer, LATE))).toBe('请督促本镇逾期 2 件;请督促答复移交 1 件(已逾期)')
    expect(headlineOf(head(other))).toBe('请督促 1 件')
    expect(factsOf(head(other, LATE))).toEqual(['逾期 2 件', '最长 4 个工作日', '另请督促 1 件'])
    expect(headlineOf(head(other, LATE))).toBe('请督促本镇逾期 2 件;另请督促 1 件')
  })
})

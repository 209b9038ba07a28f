import { describe, expect, it, test } from 'vitest'
import type { Stage } from '../../src/domain/obligation/vocabulary.ts'
import { composeDigest } from '../../src/mail/digest.ts'
import { factsOf, preheaderOf, subjectOf } from '../../src/mail/digest-subject.ts'
import { headlineOf } from '../../src/mail/digest-tasks.ts'
import type { AlsoTold, DigestEntry, DigestInput, PassedOver } from '../../src/mail/digest-types.ts'
import { askedFaults } from '../../src/rehearsal/asked-words.ts'
import { othersLate } from '../../src/services/deadlines/late-pressing.ts'
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
  plain,
} from './sample.ts'

const NOTHING = { own: null, review: null, county: null }
const LATE = { count: 1, items: [item(1)], due: dueOn('2022-06-02') }
const told = (over: Partial<AlsoTold>): AlsoTold => ({
  ...{ name: '王某', as: '经办人', phone: '0915-4420001', together: false, first: false, asked: false },
  ...{ since: null, ...over },
})
const LEADER = told({
  name: '李局',
  as: '分管局领导',
  phone: '0915-4420009',
  asked: true,
  since: '2022-06-07',
})
const partsOf = (input: DigestInput) => {
  const { text, html } = composeDigest(input)
  return [text, plain(html)]
}
const head = (over: Partial<DigestInput>) =>
  digest({
    recipient: { name: '钱镇', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] },
    standing: { ...NOTHING, own: ownStanding({ inHand: 1 }) },
    ...over,
  })

describe('the day behind a clock', () => {
  const lineDue = (day: string) => partsOf(digest({ sections: [entry({ due: dueOn(day) })] }))

  it('of what is late says that it should have been done then', () => {
    for (const part of lineDue('2022-06-07')) {
      expect(part).toContain('本应 6月7日 周二办完')
      expect(part).not.toContain('6月7日 周二到期')
    }
  })

  it('of today is said once, and of a day to come as its end', () => {
    for (const part of lineDue('2022-06-09')) expect(part).toMatch(/◔ 今日到期 6月9日 周四(?!到期)/)
    for (const part of lineDue('2022-06-10')) expect(part).toContain('6月10日 周五到期')
  })

  it('of a late review is past as well, alone and among several', () => {
    const late = { waiting: 1, late: 1, oldestDueOn: '2022-06-07', provisional: false }
    for (const part of partsOf(leaderDigest({ standing: { ...NOTHING, review: late }, sections: [] })))
      expect(part).toContain('待复核 1 件,本应 6月7日 周二办完,已逾期')
  })
})

it('the tag of a subject is that of its first fact', () => {
  const own = ownStanding({ dueSoon: 2, inHand: 3 })
  const sections = [entry({ kind: 'assigned', count: 1, due: dueOn('2022-06-20') })]
  expect(subjectOf(digest({ sections, standing: { ...NOTHING, own } }))).toMatch(
    /^【提醒】3 个工作日内到期 2 件/,
  )
})

describe('what has passed on to the reader', () => {
  const passed = (over: Partial<PassedOver>, stage: Stage = 'perform') =>
    entry({
      ...{ ...LATE, stage, kind: 'passed-on', officeName: '毛坝镇' },
      passedOver: [{ post: '镇分管领导', name: null, reason: 'vacant', holds: false, ...over }],
    })
  const HOLDER = { post: '经办人', holds: true }

  it.each<[string, DigestEntry, string]>([
    ['a vacant rung', passed({}), '镇分管领导岗位现在没有人,请督促办结'],
    ['a town without an officer', passed(HOLDER), '经办人岗位现在没有人,请安排人办理'],
    [
      'a centre without a reviewer',
      passed({ ...HOLDER, post: '复核人' }, 'review'),
      '复核人岗位现在没有人,请安排人复核',
    ],
    [
      'a head who is late',
      passed({ reason: 'late-themselves' }),
      '镇分管领导就是逾期的经办人本人,请督促办结',
    ],
    [
      'a mail to the officer that came back',
      passed({ ...HOLDER, name: '王某', reason: 'undeliverable' }),
      '给经办人 王某的邮件没有送到,请转告本人,并督促办结',
    ],
    [
      'a mailbox that is full',
      passed({ name: '钱某', reason: 'deferred' }),
      '镇分管领导 钱某的邮箱暂时收不到邮件,请督促办结',
    ],
  ])('because of %s says so and what is asked', (_, sent, words) => {
    for (const part of partsOf(head({ sections: [sent] }))) expect(part).toContain(`→ ${words}`)
  })

  it('before it is late is asked in subject and headline, and counted once', () => {
    const sections = [{ ...passed(HOLDER), due: dueOn('2022-06-10') }]
    const input = head({ sections, standing: { ...NOTHING, own: ownStanding({ inHand: 1, dueSoon: 1 }) } })
    expect(headlineOf(input)).toBe('请安排人办理 1 件')
    expect(subjectOf(input)).toBe('【转给您】请安排人办理 1 件')
  })

  it('in the place of somebody who is away names them', () => {
    const recipient = {
      ...{ name: '周某', roles: ['town-officer' as const], officeName: '界岭镇' },
      standsInFor: [{ name: '陈某', officeName: '毛坝镇' }],
    }
    for (const part of partsOf(digest({ recipient })))
      expect(part).toContain('周某(界岭镇 镇经办人;毛坝镇 陈某离岗期间由您代理):')
  })
})

describe('the parts of a headline do not overlap', () => {
  const mixed = [
    entry({ kind: 'assigned', deadline: 'dl_1', label: '橙色预警核查', count: 1, items: [item(1)] }),
    entry({ kind: 'assigned', deadline: 'dl_2', count: 4, due: dueOn('2022-06-20') }),
  ]
  const input = (dueSoon: number) =>
    digest({ sections: mixed, standing: { ...NOTHING, own: ownStanding({ dueSoon, inHand: 5 }) } })

  it('what is new and due soon is a part of what is new', () => {
    expect(headlineOf(input(1))).toBe('请办理新任务 5 件,其中 6月10日到期 1 件')
    expect(subjectOf(input(1))).toBe('【新任务】新任务 5 件,其中 6月10日到期 1 件')
    expect(headlineOf(input(3))).toBe('请办 3 个工作日内到期 2 件;请办理新任务 5 件,其中 6月10日到期 1 件')
  })

  it('what was sent back and is due today is not counted again', () => {
    const back = entry({ kind: 'returned', stage: 'redo', count: 1, due: dueOn('2022-06-09') })
    const own = ownStanding({ dueToday: 3, returned: 1, inHand: 3 })
    const returned = digest({ sections: [back], standing: { ...NOTHING, own } })
    expect(headlineOf(returned)).toBe('请今天办结到期的 2 件;请重办退回的 1 件,今天到期')
    expect(`${subjectOf(returned)}${preheaderOf(returned)}`).not.toContain('今日到期 3 件')
  })

  it('the county is no task where the reader presses, and its number stands in the subject', () => {
    const county = countyStanding([['毛坝镇', 3, 4]])
    const sections = [entry({ ...LATE, kind: 'escalation' })]
    const leader = leaderDigest({ standing: { ...NOTHING, county }, sections })
    expect(headlineOf(leader)).toBe('请督促毛坝镇黄色预警核查 1 件(逾期 4 个工作日)')
    expect(subjectOf(leader)).toBe('【督办】请督促毛坝镇 1 件,全县逾期 3 件')
    expect(headlineOf(leaderDigest({ standing: { ...NOTHING, county }, sections: [] }))).toBe(
      '全县逾期 3 件,现在没有要您督促的',
    )
  })
})

describe('who is told besides', () => {
  const WANG = told({})

  it('has no telephone for whoever does the work, and keeps name and post', () => {
    for (const part of partsOf(
      digest({ sections: [entry({ ...LATE, kind: 'overdue', alsoTold: [LEADER] })] }),
    )) {
      expect(part).toContain('也已告知:分管局领导 李局')
      expect(part).not.toContain('0915-')
    }
  })

  it('has one for whoever presses', () => {
    const sections = [entry({ ...LATE, kind: 'escalation', alsoTold: [WANG] })]
    for (const part of partsOf(head({ sections })))
      expect(part).toContain('先联系:经办人 王某(电话 0915-4420001)')
  })

  it('has one for whoever stands by to press, and none for whoever only knows of it', () => {
    const first = told({ name: '赵某', as: '救助中心', together: true, first: true, phone: null })
    const standsBy = [entry({ ...LATE, kind: 'escalation', alsoTold: [first, WANG] })]
    for (const part of partsOf(head({ sections: standsBy })))
      expect(part).toContain('王某(电话 0915-4420001)')
    const knows = [entry({ ...LATE, kind: 'copied', officeName: '界岭镇', alsoTold: [LEADER, WANG] })]
    for (const part of partsOf(leaderDigest({ sections: knows }))) expect(part).not.toContain('0915-')
  })

  it('of what was asked before is whoever performs it, by name, office and telephone', () => {
    const late = lateItem(9, '2022-06-02', { officeName: '界岭镇', holders: [WANG] })
    const asked = { items: [{ ...late, askedOn: '2022-06-07' }], more: 0, red: 0, reviews: 0, answers: 0 }
    const standing = { ...NOTHING, county: countyStanding([['界岭镇', 1, 4]]) }
    for (const part of partsOf(leaderDigest({ asked, standing, sections: [] })))
      expect(part).toContain('先联系:经办人 王某(电话 0915-4420001)')
  })

  it('of a copy are those it was reported to, and since when', () => {
    const copied = (since: string) => [entry({ ...LATE, kind: 'copied', alsoTold: [{ ...LEADER, since }] })]
    for (const part of partsOf(head({ sections: copied('2022-06-07') })))
      expect(part).toContain('→ 6月7日已上报分管局领导,请继续督促经办人')
    for (const part of partsOf(head({ sections: copied('2022-06-09') })))
      expect(part).toContain('→ 今天已上报分管局领导,请继续督促经办人')
  })
})

it('what a colleague of the same role begins with is not asked of the reader', () => {
  const first = told({ name: '赵某', together: true, first: true })
  const theirs = entry({ kind: 'submitted', stage: 'review', alsoTold: [first] })
  const mine = entry({ kind: 'submitted', stage: 'review', deadline: 'dl_2' })
  const standing = { ...NOTHING, own: ownStanding() }
  for (const part of partsOf(digest({ standing, sections: [theirs] }))) {
    expect(part).toContain('由赵某先办理 3 件,其不在时由您办')
    expect(part).not.toContain('请您办理')
  }
  for (const part of partsOf(digest({ sections: [theirs, mine] })))
    expect(part).toContain('由赵某先办理 3 件,其不在时由您办')
})

describe('the second of two officers', () => {
  const first = told({ name: '赵某', together: true, first: true })
  const second = (sections: DigestEntry[], own = ownStanding(), urgent = false) =>
    digest({ sections, urgent, standing: { ...NOTHING, own } })
  const late = entry({ kind: 'overdue', due: dueOn('2022-06-02'), alsoTold: [first] })

  it('is asked for what is late but what the colleague begins with', () => {
    const input = (count: number) =>
      second([late], ownStanding({ late: { count, red: 0, longest: 4 }, inHand: count }))
    expect(headlineOf(input(3))).toBe('现在没有要您办的;由赵某先办理 3 件(已逾期),其不在时由您办')
    expect(factsOf(input(3))).toEqual(['同事先办理逾期 3 件'])
    expect(headlineOf(input(5))).toBe('请办结逾期 2 件;由赵某先办理 3 件(已逾期),其不在时由您办')
  })

  it('is not asked for what is new, sent back, to answer or due soon', () => {
    const kinds = ['assigned', 'returned', 'requested', 'offered', 'reminder'] as const
    for (const kind of kinds)
      for (const urgent of [false, true]) {
        const input = second([entry({ kind, alsoTold: [first] })], ownStanding({ dueSoon: 3 }), urgent)
        const answers = kind === 'requested' || kind === 'offered'
        const stage = kind === 'requested' ? 'extension' : kind === 'offered' ? 'hand-over' : 'perform'
        const given = { ...input, sections: input.sections.map((e) => ({ ...e, stage }) as DigestEntry) }
        const theirs = urgent
          ? '由赵某(电话 0915-4420001)先办理黄色预警核查 3 件,明天(6月10日 周五)到期,其不在时由您办理'
          : '由赵某先办理 3 件,其不在时由您办'
        expect(headlineOf(given)).toBe(
          `${answers ? '请办 3 个工作日内到期 3 件' : '现在没有要您办的'};${theirs}`,
        )
        expect(subjectOf(given)).toContain(
          urgent && !answers ? '由赵某先办黄色预警核查 3 件' : '同事先办理 3 件',
        )
        expect(subjectOf(given)).not.toContain('没有逾期')
      }
  })

  it('is asked for the own part of a mixed mail alone', () => {
    const mine = entry({ kind: 'assigned', deadline: 'dl_2', count: 2 })
    const theirs = entry({ kind: 'assigned', alsoTold: [first] })
    expect(headlineOf(second([theirs, mine]))).toBe(
      '请办理黄色预警核查 2 件,6月10日到期;由赵某先办理 3 件,其不在时由您办',
    )
  })
})

describe('what is late and not this reader’s to press', () => {
  const county = countyStanding([['毛坝镇', 4, 4]])
  const remark = (others: DigestInput['others']) =>
    composeDigest(
      leaderDigest({
        ...{ others, standing: { ...NOTHING, county } },
        sections: [entry({ ...LATE, kind: 'escalation' })],
      }),
    ).text

  it('is counted by who was asked to press it, and what nobody was yet', () => {
    expect(remark({ pressed: 2, posts: ['镇分管领导'], unpressed: 1, next: null })).toContain(
      '其中请您督促 1 件;其余 3 件:2 件已分别请镇分管领导督促,现在不需您督促;1 件还没有请人督促,督办层级上没有可告知的人,请核对任职和规则',
    )
    expect(remark({ pressed: 3, posts: ['镇分管领导'], unpressed: 0, next: null })).toContain(
      '其余 3 件已分别请镇分管领导督促,现在不需您督促\n',
    )
    expect(remark({ pressed: 0, posts: [], unpressed: 3, next: null })).toContain(
      '其余 3 件还没有请人督促,督办层级上没有可告知的人,请核对任职和规则\n',
    )
  })

  it('is counted once although a deadline stands there as 督办 and as 已上报', () => {
    const both = (['escalation', 'copied'] as const).map((kind) =>
      entry({ ...LATE, kind, alsoTold: [LEADER] }),
    )
    const standing = { ...NOTHING, county }
    const { text } = composeDigest(leaderDigest({ standing, sections: both }))
    expect(text).toContain('其中请您督促 1 件;其余 3 件见列表')
    expect(subjectOf(leaderDigest({ standing, sections: both }))).toContain('请督促毛坝镇 1 件')
  })

  it('is not of what the reader is late with, which is said apart', () => {
    const input = leaderDigest({
      standing: {
        ...{ own: ownStanding({ scope: '救助中心', late: { count: 2, red: 0, longest: 3 } }), review: null },
        county: countyStanding([
          ['界岭镇', 1, 4],
          ['救助中心', 2, 3],
        ]),
      },
      others: { pressed: 1, posts: ['镇分管领导'], unpressed: 0, next: null },
      sections: [],
    })
    expect(composeDigest(input).text).toContain(
      '其中本单位逾期 2 件;其余 1 件已分别请镇分管领导督促,现在不需您督促',
    )
  })

  it('says on which day somebody will first be asked, where nobody was yet', () => {
    const next = { on: '2022-06-13', posts: ['镇分管领导'] }
    expect(remark({ pressed: 0, posts: [], unpressed: 3, next })).toContain(
      '还没有请人督促,最早 6月13日请镇分管领导督促,现在不需您办',
    )
  })

  it('is only counted where the sum would be another one', () => {
    expect(remark({ pressed: 2, posts: ['镇分管领导'], unpressed: 0, next: null })).toContain(
      '其余 3 件见列表',
    )
  })

  test('each deadline counts with what is late behind it', () => {
    const to = (role: 'town-head' | 'relief-centre') => ({ to: 'rung' as const, rung: 1, roles: [role] })
    const late = [
      { deadline: 'dl_1', count: 2, audiences: [to('town-head')] },
      { deadline: 'dl_2', count: 3, audiences: [to('town-head'), to('relief-centre')] },
      { deadline: 'dl_3', count: 4, audiences: null },
      { deadline: 'dl_4', count: 1, audiences: null },
    ]
    expect(othersLate(late, new Map([['dl_2', { on: '2022-06-10', posts: ['分管局领导'] }]]))).toEqual({
      pressed: 5,
      posts: ['镇分管领导', '救助中心'],
      unpressed: 5,
      next: null,
    })
    const upcoming = new Map([
      ['dl_3', { on: '2022-06-14', posts: ['分管局领导'] }],
      ['dl_4', { on: '2022-06-13', posts: ['镇分管领导'] }],
    ])
    expect(othersLate(late, upcoming).next).toEqual({ on: '2022-06-13', posts: ['镇分管领导'] })
  })
})

test('what a colleague is late with comes before what else they begin with', () => {
  const own = ownStanding({ late: { count: 1, red: 0, longest: 4 }, dueSoon: 2, inHand: 3 })
  const late = { items: [lateItem(1, '2022-06-02', { begins: '赵某' })], more: 0 }
  const held = { review: [], perform: [heldWork(2, '2022-06-10', { begins: '赵某' })] }
  expect(subjectOf(digest({ standing: { ...NOTHING, own }, sections: [], late, held }))).toBe(
    '【知晓】同事先办理逾期 1 件,另由同事先办理 2 件',
  )
})

test('of what days or rules have moved, its first day stands beside it, listed or not', () => {
  const moved = { ...item(1), movedFrom: '2022-05-31' as const }
  const section = entry({ ...LATE, count: 1, items: [moved] })
  const late = { items: [lateItem(2, '2022-06-02', { movedFrom: '2021-12-30' })], more: 0 }
  const own = ownStanding({ late: { count: 2, red: 0, longest: 5 }, inHand: 2 })
  const { text, html } = composeDigest(digest({ standing: { ...NOTHING, own }, sections: [section], late }))
  for (const part of [text, plain(html)]) {
    expect(part).toContain('YJ2022-0001 因病(原限时为 5月31日)')
    expect(part).toContain('YJ2022-0002 因病(原限时为 2021年12月30日)')
  }
  expect(askedFaults(text)).toEqual([])
  const many = entry({ ...LATE, count: 2, items: [moved, item(3)] })
  expect(composeDigest(digest({ sections: [many] })).text).toContain(
    '    · YJ2022-0001 因病(原限时为 5月31日)',
  )
})

describe('what stands beside a line', () => {
  const first = told({ name: '赵某', together: true, first: true })

  it('is not shared as the line is, so that the line alone says who shares it', () => {
    const second = told({ name: '孙某', together: true })
    const line = entry({ kind: 'overdue', ...LATE, alsoTold: [second] })
    const own = ownStanding({ late: { count: 2, red: 0, longest: 4 }, inHand: 2 })
    const late = { items: [lateItem(2, '2022-06-01')], more: 0 }
    const lines = (beside: DigestInput['late']) =>
      composeDigest(digest({ standing: { ...NOTHING, own }, sections: [line], late: beside })).text
    const words = '由您先办理;您不在时由孙某办理'
    expect(lines({ items: [], more: 0 })).toMatch(new RegExp(`—— 请您办理 1 件 ——\\n\\n    ${words}`))
    expect(lines(late)).toMatch(/—— 请您办理 2 件 ——\n\n[▲【]/)
    expect(lines(late)).toMatch(new RegExp(`YJ2022-0001[^▲]*${words}`))
  })

  it('comes before what a colleague begins with, also in an urgent mail that has nothing new', () => {
    const theirs = entry({ kind: 'returned', level: 'red', count: 1, deadline: 'dl_2', alsoTold: [first] })
    const mine = entry({ kind: 'returned', level: 'red', count: 1, items: [item(1)] })
    const own = ownStanding({ late: { count: 1, red: 1, longest: 4 }, inHand: 3 })
    const late = { items: [lateItem(4, '2022-06-02', { level: 'red' })], more: 0 }
    const input = digest({ urgent: true, standing: { ...NOTHING, own }, sections: [theirs, mine], late })
    expect(subjectOf(input)).toMatch(/^【逾期】急:逾期 1 件/)
    expect(factsOf(input).at(-1)).toBe('同事先办理 1 件')
    const fresh = entry({ kind: 'assigned', level: 'red', count: 1, items: [item(1)] })
    expect(subjectOf({ ...input, sections: [theirs, fresh] })).toMatch(/^【新任务】急:/)
    expect(factsOf({ ...input, sections: [theirs, fresh] }).at(-1)).toBe('同事先办理 1 件')
  })
})

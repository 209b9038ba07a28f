import { expect, test } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { preheaderOf, subjectOf } from '../../src/mail/digest-subject.ts'
import type { Day } from '../../src/domain/time/days.ts'
import { aboveFaults } from '../../src/rehearsal/above-words.ts'
import { buttonOf, headlineOf } from '../../src/mail/digest-tasks.ts'
import type { AlsoTold, DigestInput } from '../../src/mail/digest-types.ts'
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

const NOTHING = { own: null, review: null, county: null }
const HEAD = { name: '陈镇长', roles: ['town-head' as const], officeName: '毛坝镇', standsInFor: [] }
const textOf = (input: DigestInput) => composeDigest(input).text
/** The lines below a heading, without their links and remarks. */
const below = (text: string, heading: string) =>
  (text.split(`—— ${heading} ——`)[1] ?? '')
    .split('——')[0]!
    .split('\n')
    .filter((line) => /^[【▲◔○]/.test(line))

test('what an officer is to do stands in one part: what is late, what is due, and what is new, each with what to do', () => {
  const own = ownStanding({ late: { count: 1, longest: 2, red: 0 }, dueSoon: 2, inHand: 4 })
  const text = textOf(
    digest({
      standing: { ...NOTHING, own },
      late: { items: [lateItem(1, '2022-06-07')], more: 0 },
      held: {
        review: [],
        perform: [
          heldWork(2, '2022-06-10', { count: 1 }),
          heldWork(3, '2022-06-14', { count: 1, deadline: 'dl_1' }),
        ],
      },
      sections: [
        entry({ deadline: 'dl_1', count: 1, items: [item(3)], due: dueOn('2022-06-14') }),
        entry({ kind: 'assigned', deadline: 'dl_9', count: 1, items: [item(9)], due: dueOn('2022-06-23') }),
      ],
    }),
  )
  const lines = below(text, '请您办理 4 件')
  expect(lines.map((line) => /YJ2022-(\d+)/.exec(line)?.[1])).toEqual(['0001', '0002', '0003', '0009'])
  for (const line of lines) expect(line).toContain('→ 入户核查并提交核查结论')
  // Only what is new in this round has a tag.
  expect(lines.map((line) => line.startsWith('【'))).toEqual([false, false, true, true])
  expect(text).not.toContain('其余逾期')
})

test('a head presses for what an earlier mail told as well, by name and telephone', () => {
  const late = {
    items: [lateItem(2, '2022-05-16', { holders: [{ name: '王某', phone: '000-00000101' }], again: 1 })],
    more: 0,
  }
  const own = ownStanding({ late: { count: 2, longest: 17, red: 0 }, inHand: 2 })
  const sections = [entry({ kind: 'escalation', count: 1, items: [item(1)], due: dueOn('2022-06-02') })]
  const text = textOf(
    digest({ recipient: HEAD, standing: { ...NOTHING, own }, late, lateAgain: 1, sections }),
  )
  const lines = below(text, '请您督促 2 件:新增 1 件、再次 1 件')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toBe(
    '▲ 逾期 17 个工作日,本应 5月16日 周一办完 · 黄色预警核查 YJ2022-0002 因病 → 请继续督促经办人',
  )
  expect(text).toContain('先联系:经办人 王某(电话 000-00000101)')
})

test('a head is asked to remind whoever does what falls due soon in the town, not to do it', () => {
  const own = ownStanding({ dueSoon: 2, inHand: 2 })
  const held = { review: [], perform: [heldWork(1, '2022-06-10')] }
  const text = textOf(digest({ recipient: HEAD, standing: { ...NOTHING, own }, held, sections: [] }))
  expect(text).not.toContain('请您办理')
  expect(headlineOf(digest({ recipient: HEAD, standing: { ...NOTHING, own }, held, sections: [] }))).toBe(
    '请提醒经办人办结明天(6月10日 周五)到期 2 件',
  )
  expect(below(text, '请您提醒经办人 2 件')).toEqual([
    '◔ 剩 1 个工作日 6月10日 周五到期 · 黄色预警核查 2 件 → 请提醒经办人按时办结',
  ])
})

test('a head reads whom to remind, by name and telephone', () => {
  const holders = [{ name: '王某', phone: '000-00000101' }]
  const own = ownStanding({ dueSoon: 2, inHand: 2 })
  const held = { review: [], perform: [heldWork(1, '2022-06-10', { holders })] }
  const text = textOf(digest({ recipient: HEAD, standing: { ...NOTHING, own }, held, sections: [] }))
  expect(text).toMatch(/请您提醒经办人 2 件 ——[^—]*先联系:经办人 王某\(电话 000-00000101\)/)
})

test('own work that is due tomorrow comes before what a colleague presses, in subject, headline and lines', () => {
  const colleague: AlsoTold = {
    ...{ name: '孙某', as: '救助中心', phone: null, together: true, first: true },
    ...{ asked: true, since: null },
  }
  const input = leaderDigest({
    recipient: { name: '赵某', roles: ['relief-centre'], officeName: '救助中心', standsInFor: [] },
    standing: {
      ...{ own: ownStanding({ scope: '救助中心', dueSoon: 1, inHand: 1 }), review: null },
      county: countyStanding([['界岭镇', 1, 5]]),
    },
    held: { review: [], perform: [heldWork(4, '2022-06-10', { count: 1, officeName: '救助中心' })] },
    sections: [
      entry({
        ...{ kind: 'escalation', count: 1, items: [item(1)], officeName: '界岭镇' },
        ...{ due: dueOn('2022-06-02'), alsoTold: [colleague] },
      }),
    ],
  })
  expect(subjectOf(input)).toMatch(/明天\(6月10日 周五\)到期 1 件/)
  expect(headlineOf(input)).toMatch(/^请办明天\(6月10日 周五\)到期 1 件;/)
  expect(below(textOf(input), '请您办理 1 件')).toHaveLength(1)
})

test('what falls due soon is said with its day, also where a line of the mail is about it', () => {
  const own = ownStanding({ dueSoon: 1, inHand: 1 })
  const perform = [heldWork(1, '2022-06-14', { count: 1, deadline: 'dl_1' })]
  const sections = [entry({ deadline: 'dl_1', count: 1, items: [item(1)], due: dueOn('2022-06-14') })]
  const input = digest({ standing: { ...NOTHING, own }, held: { review: [], perform }, sections })
  expect(subjectOf(input)).toBe('【提醒】6月14日 周二到期 1 件')
  expect(headlineOf(input)).toBe('请办 6月14日 周二到期 1 件')
  const two = [heldWork(2, '2022-06-10', { count: 1 }), ...perform]
  const several = digest({
    standing: { ...NOTHING, own: { ...own, dueSoon: 2 } },
    held: { review: [], perform: two },
    sections,
  })
  expect(`${subjectOf(several)};${preheaderOf(several)}`).toContain('3 个工作日内到期共 2 件')
  expect(headlineOf(several)).toBe('请办明天到期 1 件,3 个工作日内到期共 2 件')
})

test('beside many lines three things that were told before are listed, and the others counted', () => {
  const sections = Array.from({ length: 12 }, (_, n) =>
    entry({ kind: 'overdue', deadline: `dl_${n}`, count: 1, items: [item(n)], due: dueOn('2022-06-08') }),
  )
  const late = (day: Day) => ({ items: [21, 22, 23, 24, 25].map((n) => lateItem(n, day)), more: 2 })
  const standing = { ...NOTHING, own: ownStanding({ late: { count: 19, longest: 4, red: 0 }, inHand: 19 }) }
  const text = textOf(digest({ standing, sections, late: late('2022-06-08') }))
  expect(text).toContain('—— 请您办理 19 件 ——')
  expect(text.match(/YJ2022-002\d/g)).toHaveLength(3)
  expect(text).toContain('还有 4 件,打开网页查看')
  // What is late for longer than a line of this round is not hidden behind it.
  const longer = textOf(digest({ standing, sections, late: late('2022-06-01') }))
  expect(longer.match(/YJ2022-002\d/g)).toHaveLength(5)
  expect(longer).toContain('还有 2 件,打开网页查看')
})

test('reviews that are late stand before new ones that fall due later, and the standing counts all that is above', () => {
  const sections = Array.from({ length: 8 }, (_, n) =>
    entry({
      ...{ kind: 'submitted', stage: 'review', deadline: `dl_${n}`, label: '黄色预警核查(复核)', count: 2 },
      ...{ items: [item(2 * n), item(2 * n + 1)], due: dueOn('2022-06-16') },
    }),
  )
  // Six late and six due soon were read; four more wait, and the lines of this round are none of those read.
  const days: Day[] = [...Array<Day>(6).fill('2022-06-07'), ...Array<Day>(6).fill('2022-06-14')]
  const review = days.map((day, n) =>
    heldWork(40 + n, day, { stage: 'review', label: '橙色预警核查(复核)', count: 1 }),
  )
  const standing = {
    ...{ own: null, county: null },
    review: { waiting: 32, oldestDueOn: '2022-06-07' as const, late: 6, provisional: false },
  }
  const text = textOf(digest({ standing, sections, held: { review, perform: [] } }))
  const asked = text.slice(0, text.indexOf('—— 现状'))
  expect(asked.match(/▲/g)).toHaveLength(6)
  expect(asked.match(/YJ2022-004\d/g)).toHaveLength(10)
  expect(asked).toContain('还有 6 件,打开网页查看')
  expect(text).toContain('另 26 件列在上面;其余 4 件见列表')
  expect(aboveFaults(text)).toEqual([])
  // Of twelve lines ten are shown, those that fall due first.
  const more = [8, 9, 10, 11].map((n) => ({
    ...sections[0]!,
    deadline: `dl_${n}`,
    ...{ items: [item(20 + n)], count: 1, due: dueOn('2022-06-15') },
  }))
  const many = textOf(
    digest({
      standing: { ...standing, review: { ...standing.review, waiting: 36 } },
      ...{ sections: [...sections, ...more], held: { review, perform: [] } },
    }),
  )
  expect(many).toContain('另 26 件列在上面;其余 8 件见列表')
  expect(aboveFaults(many)).toEqual([])
})

test('whom no mail reached twice is named once', () => {
  const notReached = [
    '县局 分管局领导(邮件退回)',
    '县局 分管局领导(邮件退回)',
    '蒿坪镇 镇分管领导(岗位没有人)',
  ]
  const county = { ...countyStanding([['毛坝镇', 1, 2]]), notReached }
  const text = textOf(leaderDigest({ standing: { ...NOTHING, county } }))
  expect(text).toContain(
    '近 7 天有 3 次没有送到:县局 分管局领导(邮件退回)、蒿坪镇 镇分管领导(岗位没有人);由救助中心核对邮箱和岗位',
  )
})

test('a head reads once whom to telephone about all that was told before', () => {
  const holders = [{ name: '王某', phone: '000-00000101' }]
  const late = { items: [1, 2, 3].map((n) => lateItem(n, '2022-06-01', { holders })), more: 0 }
  const own = ownStanding({ late: { count: 3, longest: 5, red: 0 }, inHand: 3 })
  const input = digest({ recipient: HEAD, standing: { ...NOTHING, own }, late, sections: [] })
  expect(textOf(input).match(/先联系/g)).toHaveLength(1)
  const [, ...two] = late.items
  const other = lateItem(1, '2022-06-01', { holders: [{ name: '李某', phone: null }] })
  expect(textOf({ ...input, late: { items: [other, ...two], more: 0 } }).match(/先联系/g)).toHaveLength(3)
})

test('what the reader does stands before what they are to press, late or not', () => {
  const sections = [
    entry({ kind: 'escalation', count: 1, items: [item(1)], officeName: '界岭镇', due: dueOn('2022-06-02') }),
  ]
  const review = { waiting: 1, late: 1, oldestDueOn: '2022-06-07', provisional: false }
  const standing = { own: null, review, county: countyStanding([['界岭镇', 1, 5]]) }
  const held = (day: string) => ({ review: [heldWork(2, day, { count: 1, stage: 'review' })], perform: [] })
  const partsIn = (day: string) =>
    [...textOf(leaderDigest({ standing, sections, held: held(day) })).matchAll(/—— 请您(..) 1 件/g)].map(
      (m) => m[1],
    )
  expect(partsIn('2022-06-07')).toEqual(['办理', '督促'])
  expect(partsIn('2022-06-14')).toEqual(['办理', '督促'])
})

test('whoever comes second reads first that nothing is asked of them now, and once who begins', () => {
  const first: AlsoTold = {
    ...{ name: '赵主任', as: '救助中心', phone: null, together: true, first: true },
    ...{ asked: true, since: null },
  }
  const sections = ['甲镇', '乙镇'].map((officeName, n) =>
    entry({
      ...{ kind: 'escalation', deadline: `dl_${n}`, count: 1, items: [item(n)], officeName },
      ...{ due: dueOn('2022-06-02'), alsoTold: [first] },
    }),
  )
  const review = { waiting: 30, late: 0, oldestDueOn: '2022-06-14', provisional: false }
  const held = [1, 2, 3, 4].map((n) =>
    heldWork(n, '2022-06-14', { count: 1, stage: 'review', begins: '赵主任' }),
  )
  const input = leaderDigest({
    standing: {
      own: null,
      review,
      county: countyStanding([
        ['甲镇', 1, 5],
        ['乙镇', 1, 5],
      ]),
    },
    reviewers: { names: [], firsts: ['赵主任'], own: null },
    held: { review: held, perform: [] },
    sections,
  })
  expect(headlineOf(input)).toMatch(/^现在没有要您办的;由赵主任先复核 30 件、督促 2 件,其不在时由您办$/)
  expect(subjectOf(input)).toBe('【知晓】同事先复核 30 件,同事先督促 2 件')
  expect(buttonOf(input).button).toBe('查看待同事复核的事项')
  const text = textOf(input)
  expect(text.match(/由赵主任先督促 2 件,其不在时由您督促/g)).toHaveLength(1)
  expect(text).not.toMatch(/待您|一并知晓/)
  // Where nothing is theirs, what the colleague reviews is listed and counted as the headline counts it.
  expect(text).toContain('—— 由赵主任先办理 30 件,其不在时由您办理 ——')
  expect(text.match(/^◔ .*复核:通过或退回$/gm)).toHaveLength(4)
  expect(text).toContain('    还有 26 件,打开网页查看')
  const told = entry({
    kind: 'submitted',
    deadline: 'dl_held1',
    stage: 'review',
    count: 1,
    alsoTold: [first],
  })
  const both = textOf({ ...input, sections: [...sections, told] })
  expect(both).toContain('—— 由赵主任先办理 30 件,其不在时由您办理 ——')
  expect(both).toContain('    还有 26 件,打开网页查看')
})

test('what was not read of what is late is a colleague’s in the headline and in the lines alike', () => {
  const standing = {
    ...NOTHING,
    own: ownStanding({ late: { count: 4, longest: 4, red: 0 }, dueSoon: 1, inHand: 5 }),
  }
  const late = { items: [lateItem(1, '2022-06-01', { begins: '赵某' })], more: 3 }
  const held = { review: [], perform: [heldWork(2, '2022-06-10', { count: 1 })] }
  const input = digest({ standing, late, held, sections: [] })
  expect(headlineOf(input)).toBe('请办明天(6月10日 周五)到期 1 件;由赵某先办理 4 件(已逾期),其不在时由您办')
  expect(textOf(input)).toContain('—— 请您办理 1 件 ——')
  expect(textOf(input)).toContain('—— 由赵某先办理 4 件,其不在时由您办理 ——')
})

test('what a head reminds of is counted beyond what was read, less what the head presses', () => {
  const own = ownStanding({ dueSoon: 5, inHand: 5 })
  const held = { review: [], perform: [heldWork(1, '2022-06-10')] }
  const sections = [entry({ kind: 'escalation', count: 1, items: [item(9)], due: dueOn('2022-06-10') })]
  const input = digest({ recipient: HEAD, standing: { ...NOTHING, own }, held, sections })
  expect(headlineOf(input)).toContain('请提醒经办人办结')
  expect(headlineOf(input)).toContain('共 4 件')
  expect(textOf(input)).toContain('—— 请您提醒经办人 4 件 ——')
  expect(textOf(input)).toContain('还有 2 件,打开网页查看')
})

test('what is not listed of reviews and own work leads to the list of both', () => {
  const late = { items: [1, 2, 3, 4, 5].map((n) => lateItem(n, '2022-06-01')), more: 0 }
  const review = Array.from({ length: 9 }, (_, n) =>
    heldWork(10 + n, '2022-06-14', { stage: 'review', count: 1, label: '黄色预警核查复核' }),
  )
  const standing = {
    own: ownStanding({ late: { count: 5, longest: 4, red: 0 }, inHand: 5 }),
    review: { waiting: 9, late: 0, oldestDueOn: '2022-06-14' as const, provisional: false },
    county: null,
  }
  const lines = Array.from({ length: 7 }, (_, n) =>
    entry({
      kind: 'assigned',
      deadline: `dl_${n}`,
      count: 1,
      items: [item(30 + n)],
      due: dueOn('2022-06-23'),
    }),
  )
  const input = digest({ standing, late, held: { review, perform: [] }, sections: lines })
  expect(textOf(input)).toMatch(/还有 \d+ 件,打开网页查看\n? *https:\S+counted=held\n/)
  // A late review that the reader presses elsewhere is none that waits for their own.
  const pressed = entry({
    kind: 'escalation',
    stage: 'review',
    deadline: 'dl_p',
    count: 2,
    due: dueOn('2022-06-02'),
  })
  const few = digest({
    standing: { ...standing, own: null, review: { ...standing.review, waiting: 3 } },
    held: { review: review.slice(0, 1), perform: [] },
    sections: [pressed],
  })
  expect(textOf(few)).toContain('—— 请您办理 3 件 ——')
})

test('what is late in the town and another head presses first is asked of the second once, to stand by', () => {
  const first: AlsoTold = {
    ...{ name: '李镇', as: '镇分管领导', phone: null, together: true, first: true },
    ...{ asked: true, since: null },
  }
  const due = dueOn('2022-06-02')
  const theirs = entry({ kind: 'escalation', level: 'red', count: 2, due, alsoTold: [first] })
  const headed = (count: number, red: number, late: DigestInput['late']) =>
    digest({
      recipient: HEAD,
      standing: { ...NOTHING, own: ownStanding({ late: { count, red, longest: 4 }, inHand: count }) },
      ...{ sections: [theirs], late },
    })
  const all = headed(2, 2, { items: [], more: 0 })
  expect(headlineOf(all)).toBe('现在没有要您办的;由李镇先督促 2 件,其不在时由您办')
  expect(subjectOf(all)).toBe('【知晓】同事先督促 2 件')
  expect(textOf(all)).not.toContain('请您督促')
  const some = headed(3, 3, { items: [lateItem(9, '2022-06-01', { level: 'red' })], more: 0 })
  expect(headlineOf(some)).toBe('请督促本镇逾期红色 1 件;由李镇先督促 2 件,其不在时由您办')
  expect(textOf(some)).toContain('—— 请您督促红色 1 件 ——')
  // The list has all that is late in the town.
  expect(buttonOf(some).button).toBe('查看本镇逾期 3 件')
})

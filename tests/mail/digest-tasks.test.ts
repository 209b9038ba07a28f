import { describe, expect, it } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { buttonOf, headlineOf } from '../../src/mail/digest-tasks.ts'
import { subjectOf } from '../../src/mail/digest-subject.ts'
import type { AlsoTold, DigestEntry, DigestInput } from '../../src/mail/digest-types.ts'
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
const REVIEW = { waiting: 1, late: 0, oldestDueOn: '2022-06-14', provisional: false }
const LATE = { ...REVIEW, late: 1, oldestDueOn: '2022-06-07' }
const COUNTY = countyStanding([
  ['界岭镇', 2, 5, 1],
  ['毛坝镇', 3, 5],
])
const textOf = (input: DigestInput) => composeDigest(input).text
const headLine = (input: DigestInput) => textOf(input).split('\n').slice(2, 4).join(' ')
const pressed = (over: Partial<DigestEntry> = {}) =>
  entry({
    ...{ kind: 'escalation', count: 1, items: [item(1)], officeName: '界岭镇', due: dueOn('2022-06-02') },
    ...over,
  })
const person = (over: Partial<AlsoTold>): AlsoTold => ({
  ...{ name: '王某', as: '经办人', phone: '000-00000101', together: false, first: false },
  ...{ asked: false, since: null },
  ...over,
})
const centre = (over: Partial<DigestInput>) =>
  leaderDigest({
    recipient: { name: '赵主任', roles: ['relief-centre'], officeName: '救助中心', standsInFor: [] },
    standing: { own: null, review: LATE, county: COUNTY },
    sections: [],
    ...over,
  })

describe('what the reader is to do first', () => {
  it('is a review that is past its day, before the county, in headline and button', () => {
    const input = centre({ sections: [pressed()] })
    expect(headlineOf(input)).toBe('请复核逾期 1 件;请督促界岭镇黄色预警核查 1 件(逾期 4 个工作日)')
    expect(buttonOf(input)).toMatchObject({
      button: '去复核 1 件',
      url: 'https://duban.example/obligations?standing=all&mail=ml_1&counted=held.review',
    })
  })

  it('is the own review also where it has time, and then whom to press, with whom to telephone above the list', () => {
    const sections = [pressed({ alsoTold: [person({})] })]
    const review = [2, 3].map((n) => heldWork(n, '2022-06-14', { count: 1, stage: 'review' }))
    const standing = { own: null, review: { ...REVIEW, waiting: 2 }, county: COUNTY }
    const input = centre({ standing, sections, held: { review, perform: [] } })
    expect(subjectOf(input)).toBe('【待复核】请复核 2 件,最早 6月14日到期')
    expect(headlineOf(input)).toBe(
      '请复核 2 件,最早 6月14日 周二到期;请督促界岭镇黄色预警核查 1 件(逾期 4 个工作日)',
    )
    const { text } = composeDigest(input)
    const call =
      '先督促:界岭镇 黄色预警核查 YJ2022-0001  https://duban.example/obligations/ob_1\n电话联系:经办人 王某(电话 000-00000101)'
    expect(text).toContain(call)
    expect(text.indexOf(call)).toBeLessThan(text.indexOf('请您办理 2 件'))
    expect(textOf(centre({ standing: { ...NOTHING, county: COUNTY }, sections }))).not.toContain('先督促:')
  })

  it('is whom to press where that is all, and the button opens the first of them', () => {
    const standing = { ...NOTHING, county: COUNTY }
    const one = centre({ standing, sections: [pressed()] })
    expect(buttonOf(one)).toMatchObject({ button: '查看请您督促的 1 件', url: item(1).url })
    const red = pressed({ deadline: 'dl_2', level: 'red', officeName: '毛坝镇', items: [item(2)] })
    expect(buttonOf(centre({ standing, sections: [pressed(), red] }))).toMatchObject({
      button: '查看先督促的 1 件(毛坝镇)',
      url: item(2).url,
    })
  })

  it('is what of the reviews is due today, and of the others the first day', () => {
    const held = {
      review: [
        heldWork(1, '2022-06-09', { stage: 'review' }),
        heldWork(2, '2022-06-10', { stage: 'review', count: 4 }),
        heldWork(3, '2022-06-14', { stage: 'review', count: 1 }),
      ],
      perform: [],
    }
    const review = { ...REVIEW, waiting: 7, oldestDueOn: '2022-06-09' }
    const input = centre({ standing: { ...NOTHING, review, county: COUNTY }, held })
    expect(headlineOf(input)).toMatch(/^请今天复核 2 件,另 5 件最早明天\(6月10日 周五\)到期$/)
    expect(subjectOf(input)).toMatch(/^【待复核】请今天复核 2 件/)
    const late = { ...review, late: 2, oldestDueOn: '2022-06-08' }
    expect(headlineOf(centre({ standing: { ...NOTHING, review: late, county: COUNTY } }))).toMatch(
      /^请先复核逾期 2 件,另待复核 5 件$/,
    )
  })

  it('is the own late work of an officer, and of a head to press it', () => {
    const own = ownStanding({ late: { count: 2, red: 1, longest: 3 }, inHand: 3 })
    const standing = { ...NOTHING, own }
    expect(headlineOf(digest({ standing, sections: [] }))).toBe('请办结逾期 2 件(红色 1 件)')
    expect(buttonOf(digest({ standing, sections: [] })).button).toBe('查看逾期事项')
    const recipient = { name: '钱镇', roles: ['town-head' as const], officeName: '毛坝镇', standsInFor: [] }
    const head = digest({
      recipient,
      standing,
      sections: [pressed({ kind: 'copied', officeName: '毛坝镇' })],
    })
    expect(headlineOf(head)).toBe('请督促本镇逾期 2 件(红色 1 件)')
    expect(buttonOf(head)).toMatchObject({
      button: '查看本镇逾期 2 件',
      url: 'https://duban.example/obligations?standing=all&mail=ml_1&counted=held.perform.late',
    })
  })

  it('is said in other words than how things stand', () => {
    const own = ownStanding({ late: { count: 1, red: 0, longest: 5 }, dueToday: 4, inHand: 5 })
    const text = textOf(digest({ standing: { ...NOTHING, own } }))
    const sentences = [...text.matchAll(/(?<=^◆ 毛坝镇:).+/gm)].map(([sentence]) => sentence)
    expect(sentences.length).toBeGreaterThan(0)
    for (const sentence of sentences)
      expect(headLine(digest({ standing: { ...NOTHING, own } }))).not.toContain(sentence)
  })

  it('counts what was sent back once, with its day', () => {
    const own = ownStanding({ dueSoon: 1, inHand: 5, returned: 1 })
    const back = entry({ kind: 'returned', stage: 'redo', count: 1, items: [item(1)] })
    const input = digest({ standing: { ...NOTHING, own }, sections: [back] })
    expect(headlineOf(input)).toBe('请重办退回的 1 件,6月10日到期')
    expect(subjectOf(input)).toBe('【已退回】退回重办 1 件,6月10日到期')
  })

  it('is a new urgent thing, counted once, and what else falls due on which day', () => {
    const own = ownStanding({ dueSoon: 2, inHand: 3 })
    const held = { review: [], perform: [heldWork(2, '2022-06-10', { count: 1 })] }
    const red = entry({ kind: 'assigned', label: '红色预警核查', level: 'red', count: 1, items: [item(1)] })
    const input = digest({ urgent: true, standing: { ...NOTHING, own }, sections: [red], held })
    expect(headlineOf(input)).toBe('请办理红色预警核查 1 件,6月10日到期;另请办明天(6月10日 周五)到期 1 件')
    expect(buttonOf(input)).toMatchObject({ button: '查看这件事项', url: item(1).url })
  })

  it('is to answer a request, which leads to the list of requests', () => {
    const asked = entry({ kind: 'requested', stage: 'extension', count: 2 })
    const input = digest({ standing: NOTHING, sections: [asked] })
    expect(headlineOf(input)).toBe('请答复延期申请 2 件,最早明天(6月10日 周五)到期')
    expect(buttonOf(input)).toMatchObject({
      url: 'https://duban.example/obligations?standing=all&mail=ml_1&counted=extension',
    })
  })

  it('is to answer on the due day and when the answer is late, and to look at what is paused', () => {
    const stages = [
      ['extension', '请答复延期申请 1 件', '待批', '查看延期申请'],
      ['hand-over', '请答复移交 1 件', '待接收', '查看移交'],
      ['pause', '请核对暂停 1 件', '提醒', '查看本信所列事项'],
    ] as const
    const days = [
      ['reminder', '2022-06-09', ',今天到期', ',今天到期'],
      ['reminder', '2022-06-30', ',6月30日 周四到期', ',6月30日到期'],
      ['overdue', '2022-06-07', '(已逾期)', '(已逾期)'],
    ] as const
    for (const [stage, words, tag, button] of stages)
      for (const [kind, day, when, short] of days) {
        const asked = entry({ kind, stage, count: 1, items: [item(1)], due: dueOn(day) })
        const input = digest({ standing: { ...NOTHING, own: ownStanding({ inHand: 1 }) }, sections: [asked] })
        // A pause ends by itself on its day.
        const [inFull, inShort] = stage === 'pause' ? ['', ''] : [when, short]
        expect(headlineOf(input)).toBe(`${words}${inFull}`)
        const isLate = kind === 'overdue' && stage !== 'pause'
        expect(subjectOf(input)).toBe(`【${isLate ? '逾期' : tag}】${words}${inShort}`)
        const two = { ...input, sections: [asked, { ...asked, deadline: 'dl_2', items: [item(2)] }] }
        const first = inFull.replace(
          /^,(\d?)/,
          (_, digit: string) => `,最早${digit === '' ? '' : ` ${digit}`}`,
        )
        expect(headlineOf(two)).toBe(`${words.replace('1 件', '2 件')}${first}`)
        expect(buttonOf(two)).toMatchObject({ button })
        // Told twice, it is one thing.
        const twice = { ...input, sections: [asked, { ...asked, kind: 'reminder' as const }] }
        expect(headlineOf(twice)).toBe(`${words}${inFull}`)
      }
    const pressed = entry({ kind: 'escalation', stage: 'extension', due: dueOn('2022-06-07') })
    expect(headlineOf(digest({ standing: NOTHING, sections: [pressed] }))).not.toContain('请答复')
  })

  it('is to read what was corrected, which may ask for something', () => {
    const corrections = ['YJ2022-0001 已分给您办理,限时为6月20日。']
    const input = digest({
      standing: { ...NOTHING, own: ownStanding({ inHand: 1 }) },
      sections: [],
      corrections,
    })
    expect(headlineOf(input)).toBe('请查看 1 条更正和变动')
    expect(textOf(input)).not.toContain('知晓即可')
    expect(buttonOf(input).button).toBe('查看待办事项')
  })

  it('is nothing for what was passed, and the thing in hand has its day', () => {
    const own = ownStanding({ inHand: 1 })
    const held = { review: [], perform: [heldWork(7, '2022-06-20', { count: 1 })] }
    const passed = entry({ kind: 'accepted', count: 1, due: null, items: [item(1)] })
    const text = textOf(digest({ standing: { ...NOTHING, own }, held, sections: [passed] }))
    expect(text).toContain('黄色预警核查 1 件通过复核,无需再办')
    expect(text).toContain('—— 已通过复核、无需再办 1 件 ——')
    expect(text).toMatch(/◆ 未办结共 1 件\n {4}https.*\n {4}· 黄色预警核查 YJ2022-0007 6月20日 周一到期/)
  })
})

describe('what is counted as the reader’s own', () => {
  it('leads to exactly its list, and is listed in short with town, kind and day', () => {
    const review = { ...REVIEW, waiting: 7 }
    const towns = ['甲镇', '乙镇', '丙镇', '丁镇']
    const held = {
      review: towns.map((officeName, i) =>
        heldWork(i, '2022-06-14', { officeName, stage: 'review', count: i === 0 ? 1 : 2 }),
      ),
      perform: [],
    }
    const text = textOf(centre({ standing: { own: null, review, county: COUNTY }, held }))
    expect(text).toContain(
      [
        '◆ 待复核 7 件,最早 6月14日 周二到期',
        '    https://duban.example/obligations?standing=all&mail=ml_1&counted=held.review',
        '◆ 全县:',
      ].join('\n'),
    )
    expect(text).toContain(
      [
        '—— 请您办理 7 件 ——',
        '',
        '◔ 剩 3 个工作日 6月14日 周二到期 · 甲镇 黄色预警核查 YJ2022-0000 因病 → 复核:通过或退回',
        `    ${item(0).url}`,
        '◔ 剩 3 个工作日 6月14日 周二到期 · 乙镇 黄色预警核查 2 件 → 复核:通过或退回',
        '    https://duban.example/obligations?standing=all&mail=ml_1&counted=work.dl_held1.ob_1',
      ].join('\n'),
    )
    expect(text.match(/^◔ .* · .镇 /gm)).toHaveLength(4)
  })

  it('is counted whole although only its first are read', () => {
    const held = {
      review: [1, 2, 3, 4].map((n) => heldWork(n, '2022-06-14', { deadline: `dl_${n}`, stage: 'review' })),
      perform: [],
    }
    const review = { ...REVIEW, waiting: 63 }
    const told = { ...NOTHING, review }
    expect(textOf(centre({ standing: told, held }))).toContain('    还有 55 件,打开网页查看')
    const lines = held.review.map(({ deadline }) => entry({ deadline, stage: 'review', count: 2 }))
    expect(textOf(centre({ standing: told, held, sections: lines }))).toContain('请您办理 63 件')
    const one = [entry({ deadline: 'dl_1', stage: 'review', count: 2 })]
    expect(textOf(centre({ standing: told, held, sections: one }))).toMatch(
      /请您办理 63 件[^]*还有 55 件,打开网页查看/,
    )
  })

  it('is not listed a second time where a line of the mail is about it', () => {
    const own = ownStanding({ dueSoon: 3, inHand: 3 })
    const held = {
      review: [],
      perform: [
        heldWork(1, '2022-06-10', { deadline: 'dl_1' }),
        heldWork(2, '2022-06-13', { deadline: 'dl_2', count: 1 }),
      ],
    }
    const { html } = composeDigest(digest({ standing: { ...NOTHING, own }, held }))
    expect(plain(html).match(/6月13日 周一到期/g)).toHaveLength(1)
    expect(plain(html)).toContain('黄色预警核查 YJ2022-0002')
    expect(plain(html)).not.toContain('黄色预警核查 2 件')
  })

  it('says who else may review the same, and who begins', () => {
    const reviewers = { names: ['孙督办'], firsts: [], own: null }
    expect(textOf(centre({ reviewers }))).toContain('由您先复核;您不在时由孙督办复核')
    const second = centre({ reviewers: { ...reviewers, names: [], firsts: ['孙督办'] } })
    expect(textOf(second)).toContain('由孙督办先复核,其不在时由您复核')
    expect(headlineOf(second)).toContain('由孙督办先复核 1 件(已逾期),其不在时由您办')
    expect(textOf(second)).not.toContain('待您')
  })
})

describe('who is asked and who is only told', () => {
  const leader = person({ name: '李局', as: '分管局领导', asked: true, since: '2022-06-08' })
  const copied = pressed({ kind: 'copied', deadline: 'dl_2', alsoTold: [leader], level: 'orange' })

  it('stand under headings of their own', () => {
    const text = textOf(centre({ sections: [copied, pressed({ level: 'red' })] }))
    expect(text).toMatch(
      /—— 请您督促红色 1 件 ——[^—]*【督办】[^—]*—— 已请分管局领导督促、您知晓即可 1 件 ——[^—]*【已上报】/,
    )
    expect(text).toContain('→ 6月8日已请分管局领导督促\n')
    expect(subjectOf(centre({ sections: [copied, pressed()] }))).toContain('请督促界岭镇 1 件')
  })

  it('a head goes on pressing in the own town', () => {
    const own = ownStanding({ late: { count: 1, red: 0, longest: 3 } })
    const text = textOf(
      digest({ standing: { ...NOTHING, own }, sections: [{ ...copied, officeName: '毛坝镇' }] }),
    )
    expect(text).toContain('—— 请您督促 1 件 ——')
    expect(text).toContain('→ 6月8日已上报分管局领导,请继续督促经办人')
  })

  it('whoever comes second is not asked, and reads who is', () => {
    const first = person({ name: '赵主任', as: '救助中心', together: true, first: true, asked: true })
    const input = centre({
      standing: { own: null, review: null, county: COUNTY },
      sections: [pressed({ kind: 'passed-on', alsoTold: [first] })],
    })
    expect(textOf(input)).toContain('—— 由赵主任先督促 1 件,其不在时由您督促 ——')
    expect(textOf(input)).not.toMatch(/请您?督促 1 件/)
    expect(headlineOf(input)).toBe('现在没有要您办的;由赵主任先督促 1 件,其不在时由您办')
    expect(subjectOf(input)).toBe('【知晓】同事先督促 1 件,全县逾期 5 件')
  })

  it('what an earlier mail asked and is still late is one number and one list with what is asked now, what is new first', () => {
    const asked = {
      items: [
        { ...lateItem(9, '2022-06-02', { officeName: '界岭镇', level: 'red' }), askedOn: '2022-06-08' },
      ],
      ...{ more: 0, red: 1, reviews: 0, answers: 0 },
    }
    const input = leaderDigest({
      standing: { ...NOTHING, county: COUNTY },
      asked,
      others: { pressed: 1, posts: ['镇分管领导'], unpressed: 0, next: null },
      sections: [pressed({ count: 3, level: 'orange' })],
    })
    expect(headlineOf(input)).toBe(
      '请督促 4 件(新增 3 件、再次 1 件),其中红色 1 件,先督促界岭镇黄色预警核查(逾期 4 个工作日)',
    )
    const text = textOf(input)
    expect(text).toContain('其中请您督促 4 件;其余 1 件已分别请镇分管领导督促,现在不需您督促')
    expect(text).toMatch(
      /—— 请您督促 4 件\(红色 1 件\):新增 3 件、再次 1 件 ——\n\n {4}新增 3 件:\n【督办】[^—]* {4}再次 1 件:\n▲ 逾期 4 个工作日,本应 6月2日 周四办完 · 界岭镇 .* → 6月8日已请您督促,请继续督促经办人\n/,
    )
    expect(text.indexOf('请您督促 4 件')).toBeLessThan(text.indexOf('◆ 全县'))
  })

  it('whoever was asked before is not told that somebody of the own post sees to it', () => {
    const others = { pressed: 2, posts: ['镇分管领导', '分管局领导'], unpressed: 3, next: null }
    const text = textOf(leaderDigest({ standing: { ...NOTHING, county: COUNTY }, others, sections: [] }))
    expect(text).toContain(
      '这 5 件:2 件已分别请镇分管领导等督促,现在不需您督促;3 件还没有请人督促,督办层级上没有可告知的人,请核对任职和规则',
    )
    expect(text).not.toMatch(/请[^,;\n]*分管局领导/)
  })
})

describe('a line', () => {
  it('stands in its part red first, then the longest late', () => {
    const sections = [
      pressed({ deadline: 'dl_1', level: 'orange', due: dueOn('2022-05-25') }),
      pressed({ deadline: 'dl_2', level: 'red', due: dueOn('2022-06-07') }),
    ]
    const text = textOf(centre({ sections }))
    expect(text.indexOf('6月7日 周二办完 ·')).toBeLessThan(text.indexOf('5月25日 周三办完 ·'))
    expect(text).toContain('6月7日 周二办完 ·')
  })

  it('of what was sent back says who did it and when, and not why', () => {
    const back = entry({ kind: 'returned', stage: 'redo', returned: { on: '2022-06-08', by: '赵主任' } })
    const { text, html } = composeDigest(digest({ sections: [back] }))
    for (const part of [text, plain(html)])
      expect(part).toContain('6月8日由 赵主任 退回,退回理由点开链接可看')
  })

  it('names once for all lines of a part who was told of all, and in each whom to call first', () => {
    const leader = person({ name: '李局', as: '分管局领导', phone: null })
    const sections = ['dl_1', 'dl_2'].map((deadline, i) =>
      pressed({ deadline, alsoTold: [person({ name: `王${i}` }), leader] }),
    )
    const { text, html } = composeDigest(centre({ sections }))
    expect(text.match(/李局/g)).toHaveLength(1)
    expect(text).toContain('    都已告知:分管局领导 李局')
    expect(text.match(/先联系:经办人 王\d\(电话 000-00000101\)/g)).toHaveLength(2)
    expect(html).toContain('<span style="white-space:nowrap">(电话 000-00000101)</span>')
  })

  it('keeps what to do out of its link', () => {
    const { html } = composeDigest(digest({ sections: [entry({ count: 1, items: [item(1)] })] }))
    expect(html).not.toMatch(/<a [^>]*>[^<]*→/)
    for (const [link] of html.matchAll(/<a class=[^>]*>/g))
      expect(link).toContain('text-decoration:underline')
  })
})

describe('a weekly standing', () => {
  const why = ['您的岗位在每周第一个工作日收到一次逾期情况']
  const { text, html } = composeDigest(
    centre({
      why,
      standing: {
        own: null,
        review: LATE,
        county: { ...COUNTY, notReached: ['蒿坪镇 镇分管领导(岗位没有人)'] },
      },
    }),
  )

  it('says from when its numbers are, and why it came', () => {
    expect(text).toContain('—— 现状(截至 6月9日 08:30) ——')
    expect(text).toMatch(/—— 为什么收到本信 ——\n\n {2}您的岗位在每周第一个工作日/)
  })

  it('leads from each office to what is late there, and explains who has been told', () => {
    expect(html.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')).toContain(
      'href="https://duban.example/obligations?standing=all&mail=ml_1&counted=county-late.界岭镇"'.replace(
        '界岭镇',
        encodeURIComponent('界岭镇'),
      ),
    )
    for (const part of [text, html]) expect(part).toContain('“尚无”:还没有向哪一级报告过')
  })

  it('says whom no mail reached, with a link', () => {
    expect(text).toContain(
      '近 7 天有 1 次没有送到:蒿坪镇 镇分管领导(岗位没有人);请核对邮箱和岗位  https://duban.example/app/mails/not-reached',
    )
  })
})

it('a number is not parted from what it counts', () => {
  const own = ownStanding({ late: { count: 4, red: 0, longest: 3 } })
  const { html } = composeDigest(digest({ standing: { ...NOTHING, own } }))
  expect(html).toContain('请办结逾期 <span style="white-space:nowrap">4 件</span>')
})

it('a day is not parted from what should have been done by then, in no line', () => {
  const late = { items: [lateItem(4, '2022-06-02')], more: 0 }
  const { html } = composeDigest(digest({ sections: [entry({ due: dueOn('2022-06-06') })], late }))
  for (const day of ['6月2日 周四', '6月6日 周一'])
    expect(html).toContain(`,<wbr><span style="white-space:nowrap">本应 ${day}办完</span>`)
  expect(html).toContain('<span style="white-space:nowrap">北京时间 2022-06-09 08:30</span>')
})

it('a line may end between two numbers, so that a narrow screen cuts none', () => {
  const own = ownStanding({ late: { count: 4, red: 0, longest: 3 } })
  const { html } = composeDigest(digest({ standing: { ...NOTHING, own } }))
  expect(html).toContain(',最长 <span')
  const red = entry({ kind: 'assigned', label: '红色预警核查', level: 'red', count: 1, items: [item(1)] })
  expect(composeDigest(digest({ urgent: true, sections: [red] })).html).toContain(
    '1 件</span>,<wbr><span style="white-space:nowrap">6月10日到期</span>',
  )
})

it('words of the house are in no mail', () => {
  const county = { ...COUNTY, lateBefore: { count: 5, on: '2022-06-02' } }
  const sections = (['escalation', 'passed-on', 'copied', 'assigned', 'accepted'] as const).map((kind, i) =>
    entry({ kind, deadline: `dl_${i}` }),
  )
  const { subject, text, html } = composeDigest(
    centre({ standing: { own: null, review: LATE, county }, sections }),
  )
  expect([subject, text, html].join('\n')).not.toMatch(/转知|轮次|本轮|知会/)
})

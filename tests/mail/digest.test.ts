import { describe, expect, expectTypeOf, it } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { isOneThing } from '../../src/mail/one-thing.ts'
import { parseDigestLines } from '../../src/mail/digest-lines.ts'
import type {
  AlsoTold,
  Contact,
  DigestEntry,
  DigestInput,
  DigestItem,
  LateItem,
  PassedOver,
  Returned,
} from '../../src/mail/digest-types.ts'
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
  THURSDAY,
} from './sample.ts'

const NOTHING = { own: null, review: null, county: null }
const OFFICES = new Set(['毛坝镇', '界岭镇', '甲镇', '乙镇', '丙镇', '丁镇', '戊镇', '己镇', '庚镇'])
const linesOf = (text: string) =>
  parseDigestLines(text, { year: 2022, ownOffice: '毛坝镇', offices: OFFICES })
const bothOf = (over: Partial<DigestInput>) => {
  const { text, html } = composeDigest(digest(over))
  return [text, plain(html)]
}
const escalated = (officeName: string, over: Partial<DigestEntry> = {}) =>
  entry({
    ...{ kind: 'escalation', deadline: `dl_${officeName}`, officeName, count: 2, due: dueOn('2022-06-02') },
    ...over,
  })

it('carries a line for each deadline, even for those that read alike', () => {
  const sections = [1, 2, 3].map((n) => entry({ deadline: `dl_${n}`, count: 1, items: [item(n)] }))
  expect(linesOf(composeDigest(digest({ sections })).text)).toHaveLength(3)
})

describe('what is to be done', () => {
  const lineOf = (over: Partial<DigestEntry>) => composeDigest(digest({ sections: [entry(over)] })).text

  it('of reviewers is to pass it or send it back, not to hand it in', () => {
    const text = lineOf({ kind: 'submitted', stage: 'review', label: '签字把关' })
    expect(text).toContain('签字把关 3件 → 复核:通过或退回')
    expect(text).not.toContain('提交')
  })

  it('of a redo is to mend it, whose line says that it was returned', () => {
    const redo = { kind: 'returned', stage: 'redo', label: '黄色预警核查(重办)' } as const
    expect(lineOf(redo)).toContain(
      '【已退回】◔ 剩 1 个工作日 6月10日 周五到期 · 黄色预警核查(重办) 3件 → 按退回意见补正,重新提交核查结论',
    )
    const late = { ...redo, kind: 'overdue', due: dueOn('2022-06-08') } as const
    expect(lineOf(late)).toContain(
      '【逾期】▲ 逾期 1 个工作日,本应 6月8日 周三办完 · 黄色预警核查(重办) 3件 → 按退回意见补正,重新提交核查结论',
    )
  })

  it('of whoever gets a copy is to go on pressing, for those above have been told', () => {
    expect(lineOf({ kind: 'copied', due: dueOn('2022-06-02') })).toContain(
      '黄色预警核查 3件 → 已上报上级,请继续督促经办人',
    )
  })

  it.each(['escalation', 'passed-on'] as const)('of whoever is told by %s is to press', (kind) => {
    expect(lineOf({ kind, due: dueOn('2022-06-02') })).toContain('黄色预警核查 3件 → 请督促办结')
  })

  it('is nothing for what was passed', () => {
    expect(lineOf({ kind: 'accepted', due: null })).toMatch(/^【已通过】黄色预警核查 3件$/m)
  })
})

describe('what a town officer reads', () => {
  const mail = composeDigest(
    digest({ sections: [entry({ count: 23, items: Array.from({ length: 20 }, (_, i) => item(i + 1)) })] }),
  )

  it('says in both parts what is due, when, what to do, why, and where', () => {
    expect(mail.text).toContain(
      '【提醒】◔ 剩 1 个工作日 6月10日 周五到期 · 黄色预警核查 23件 → 入户核查并提交核查结论',
    )
    for (const words of ['◔ 剩 1 个工作日 6月10日 周五', '黄色预警核查 23件', '→ 入户核查并提交核查结论'])
      expect(plain(mail.html)).toContain(words)
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('您是毛坝镇的承办人员')
      expect(part).toContain('https://duban.example/obligations/ob_10')
    }
  })

  it('says how grave a warning is in a word beside its colour', () => {
    const { html } = composeDigest(digest({ sections: [entry({ level: 'red', label: '特急核查' })] }))
    expect(html).toMatch(/>红</)
    expect(composeDigest(digest({ sections: [entry({ level: null })] })).html).not.toMatch(/>[红橙黄]</)
  })

  it('says why it was sent once, at the foot, however many lines share the reason', () => {
    for (const part of bothOf({ sections: [entry(), entry({ deadline: 'dl_2' })] }))
      expect(part.split('您是毛坝镇的承办人员')).toHaveLength(2)
  })

  it('promises no more of its links than the pages keep: they show, and take no action', () => {
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('查看待办事项')
      expect(part).toContain('点开链接,登录后就可以在网页上办理。')
      expect(part).not.toContain('办理入口')
    }
  })

  it('lists ten items and counts the rest', () => {
    expect(mail.text).toContain('YJ2022-0010 因病')
    expect(mail.text + mail.html).not.toContain('YJ2022-0011')
    for (const part of [mail.text, mail.html]) expect(part).toMatch(/还有 13 件,(<a [^>]*>)?见本信所列事项/)
    expect(mail.text).toContain('本信所列事项:https://duban.example/obligations?standing=all&mail=ml_1')
  })

  it('names a single thing in its line, by its number, or by its title where it has none', () => {
    expect(composeDigest(digest({ sections: [entry({ count: 1, items: [item(7)] })] })).text).toContain(
      '黄色预警核查 YJ2022-0007 因病 →',
    )
    const titled = { ...item(1), externalId: null, title: '与公安比对', cause: null }
    const text = composeDigest(digest({ sections: [entry({ count: 1, items: [titled] })] })).text
    expect(text).toContain('黄色预警核查 「与公安比对」 →')
  })

  it('names at each thing the office that owes it, where the line is of another, one line a thing', () => {
    const of = (n: number, owner: string | null) => ({
      ...item(n),
      externalId: null,
      title: '启动实施',
      cause: null,
      owner,
    })
    const review = entry({
      kind: 'submitted',
      stage: 'review',
      officeName: '救助中心',
      label: '启动部署(复核)',
    })
    const recipient = { ...digest().recipient, officeName: '救助中心' }
    const items = [of(1, '高滩镇'), of(2, '毛坝镇'), of(3, null), of(4, '救助中心')]
    const { text, html } = composeDigest(digest({ recipient, sections: [{ ...review, count: 4, items }] }))
    expect(text).toContain(
      '    · 高滩镇 「启动实施」  https://duban.example/obligations/ob_1\n    · 毛坝镇 「启动实施」  ',
    )
    expect(text).toContain('    · 「启动实施」  https://duban.example/obligations/ob_3\n    · 「启动实施」  ')
    expect(html).toMatch(/display:block[^>]*>高滩镇 <a [^>]*ob_1"[^>]*>「启动实施」<\/a>/)
    const single = composeDigest(
      digest({ recipient, sections: [{ ...review, count: 1, items: items.slice(0, 1) }] }),
    )
    expect(single.text).toContain('· 启动部署(复核) 高滩镇 「启动实施」 → ')
  })

  it('says of a single thing nothing twice, and links its line', () => {
    const { text, html } = composeDigest(digest({ sections: [entry({ count: 1, items: [item(7)] })] }))
    expect(text.split('YJ2022-0007')).toHaveLength(2)
    expect(text).toContain('→ 入户核查并提交核查结论\n    https://duban.example/obligations/ob_7\n')
    // Once for people, and once behind the subject, where that says all else.
    expect(html.replace(/<div style="display:none.*/, '').split('YJ2022-0007')).toHaveLength(2)
    expect(html).toMatch(
      /<a [^>]*href="https:\/\/duban.example\/obligations\/ob_7"[^>]*>黄色预警核查 YJ2022-0007/,
    )
  })

  it('reads what else is late, each by name with a link, and how much more there is', () => {
    const late = { items: [lateItem(41, '2022-05-12'), lateItem(42, '2022-06-08')], more: 9 }
    for (const part of bothOf({ late })) {
      expect(part).toMatch(/(—— |>)请您办理 14 件( ——|<)/)
      expect(part).toContain('本应 5月12日 周四办完')
      expect(part).toContain('黄色预警核查 YJ2022-0041 因病')
      expect(part.indexOf('YJ2022-0041')).toBeLessThan(part.indexOf('黄色预警核查 3件'))
      expect(part).toContain('https://duban.example/obligations/ob_42')
      expect(part).toContain('还有 9 件,打开网页查看')
    }
  })

  it('names the office of what is late where it is another than the first', () => {
    const late = { items: [lateItem(1, '2022-06-08', { officeName: '界岭镇' })], more: 0 }
    for (const part of bothOf({ late })) expect(part).toContain('界岭镇 黄色预警核查 YJ2022-0001')
  })

  it('reads first the lines of late work, the longest late before others, then what is due today, and what is done last', () => {
    const sections = [
      entry({ kind: 'accepted', deadline: 'dl_1', due: null }),
      entry({ deadline: 'dl_2', due: dueOn('2022-06-14') }),
      entry({ kind: 'overdue', deadline: 'dl_3', due: dueOn('2022-06-08') }),
      entry({ deadline: 'dl_4', due: dueOn('2022-06-09') }),
      entry({ kind: 'overdue', deadline: 'dl_5', due: dueOn('2022-06-01') }),
    ]
    const read = linesOf(composeDigest(digest({ sections })).text)
    expect(read.map((l) => l.dueOn)).toEqual(['2022-06-01', '2022-06-08', '2022-06-09', '2022-06-14', null])
  })

  it('is told in trial mode that nothing was really sent', () => {
    expect(mail.text).not.toContain('试用模式')
    for (const part of bothOf({ trial: true })) expect(part).toContain('试用模式:邮件并未真正发出')
  })
})

describe('the button', () => {
  it('leads to the obligation where the mail is about one, else to exactly the list of this mail', () => {
    const one = digest({
      sections: [entry({ count: 1, items: [item(1)] })],
      standing: NOTHING,
    })
    expect(isOneThing(one)).toBe(true)
    const { text, html } = composeDigest(one)
    expect(text).toContain('查看这件事项:https://duban.example/obligations/ob_1')
    expect(html).toContain('查看这件事项')
    const standing = { ...NOTHING, county: countyStanding([['毛坝镇', 1, 2]]) }
    expect(composeDigest(leaderDigest({ standing })).text).toContain('查看全县逾期 1 件:')
    expect(composeDigest(digest()).text).toContain(
      '查看待办事项:https://duban.example/obligations?standing=all&mail=ml_1&counted=held.perform.due-soon',
    )
  })

  it.each<[string, Pick<DigestInput, 'sections' | 'late'>]>([
    ['two lines', { sections: [entry({ count: 1 }), entry({ count: 1 })], late: { items: [], more: 0 } }],
    ['a counted line', { sections: [entry({ count: 2, items: [item(1)] })], late: { items: [], more: 0 } }],
    [
      'something else that is late',
      {
        sections: [entry({ count: 1, items: [item(1)] })],
        late: { items: [lateItem(2, '2022-06-02')], more: 0 },
      },
    ],
    [
      'more that is late than it lists',
      { sections: [entry({ count: 1, items: [item(1)] })], late: { items: [], more: 1 } },
    ],
    ['nothing', { sections: [], late: { items: [], more: 0 } }],
  ])('leads to a list where the mail is about %s', (_what, of) => {
    expect(isOneThing({ ...of, answers: [], standing: NOTHING })).toBe(false)
  })

  it('leads to a list where the reader has more in hand than the mail is about, which the headline counts', () => {
    const of = { sections: [entry({ count: 1, items: [item(1)] })], late: { items: [], more: 0 } }
    const having = (inHand: number) => ({ ...NOTHING, own: ownStanding({ inHand }) })
    expect(isOneThing({ ...of, answers: [], standing: having(1) })).toBe(true)
    expect(isOneThing({ ...of, answers: [], standing: having(2) })).toBe(false)
    const done = { ...of, sections: [entry({ kind: 'accepted', due: null, count: 1, items: [item(1)] })] }
    expect(isOneThing({ ...done, answers: [], standing: having(0) })).toBe(true)
    expect(isOneThing({ ...done, answers: [], standing: having(1) })).toBe(false)
    const answers = [heldWork(2, '2022-06-10', { stage: 'hand-over', count: 1 })]
    expect(isOneThing({ ...done, answers, standing: having(0) })).toBe(false)
  })

  it('leads to the obligation where two lines are about the same', () => {
    const sections = [
      entry({ count: 1, items: [item(1)] }),
      escalated('毛坝镇', { count: 1, items: [item(1)] }),
    ]
    expect(isOneThing({ sections, answers: [], late: { items: [], more: 0 }, standing: NOTHING })).toBe(true)
  })
})

describe('whom else a line told', () => {
  const officer: AlsoTold = {
    name: '王某',
    as: '经办人',
    phone: '000-00000101',
    together: false,
    first: false,
    asked: false,
    since: null,
  }
  const leader: AlsoTold = { ...officer, name: '李局', as: '分管局领导', phone: null, asked: true }
  const colleague: AlsoTold = {
    name: '赵某',
    as: '救助中心',
    phone: '000-00000109',
    together: true,
    first: false,
    asked: true,
    since: null,
  }

  it('is named with what they are, and with a telephone where there is one', () => {
    for (const part of bothOf({ sections: [escalated('毛坝镇', { alsoTold: [officer, leader] })] }))
      expect(part).toMatch(/先联系:经办人 王某\(电话 000-00000101\)[^]*也已告知:分管局领导 李局/)
  })

  it('is told apart where they share the role of the reader', () => {
    const both = [officer, colleague]
    for (const part of bothOf({ sections: [escalated('毛坝镇', { alsoTold: both })] })) {
      expect(part).toContain('先联系:经办人 王某(电话 000-00000101)')
      expect(part).toContain('由您先督促;您不在时由赵某督促')
    }
    for (const part of bothOf({ sections: [escalated('毛坝镇', { alsoTold: [colleague] })] }))
      expect(part).not.toMatch(/先联系|也已告知/)
  })

  it('says who of those who share a role is to begin', () => {
    const before = { ...colleague, first: true }
    const after = { ...colleague, name: '钱某' }
    for (const part of bothOf({ sections: [escalated('毛坝镇', { alsoTold: [after, before] })] }))
      expect(part).toContain('由赵某先督促 2 件,其不在时由钱某或您督促')
  })

  it('is not spoken of where there is nobody else', () => {
    for (const part of bothOf({})) expect(part).not.toMatch(/先联系|也已告知|不在时/)
  })
})

describe('what a bureau leader reads', () => {
  const offices = ['甲镇', '乙镇', '丙镇', '丁镇', '戊镇', '己镇', '庚镇']
  const county = countyStanding(offices.map((name, i) => [name, 3, i + 1]))
  const mail = composeDigest(
    leaderDigest({
      standing: { ...NOTHING, county },
      sections: offices.map((office) => escalated(office, { count: 3 })),
    }),
  )

  it('shows every office by its row and no items', () => {
    const shown = [...mail.text.matchAll(/^ {4}(\S镇) {2}逾期 3 件/gm)].map((m) => m[1])
    expect(shown).toEqual(offices)
    expect(mail.text + mail.html).not.toContain('YJ2022')
  })

  it('reads the numbers of one or two things, each with its link', () => {
    const items = [item(1), item(2)]
    const two = leaderDigest({ standing: { ...NOTHING, county }, sections: [escalated('甲镇', { items })] })
    const { text, html } = composeDigest(two)
    for (const { url } of items) for (const part of [text, html]) expect(part).toContain(url)
  })

  it('still carries a line for every deadline', () => {
    expect(linesOf(mail.text).map((l) => l.officeName)).toEqual(offices)
  })

  it('reads of their own work with its items', () => {
    const { text } = composeDigest(
      leaderDigest({ sections: [entry({ kind: 'submitted', stage: 'review' })] }),
    )
    expect(text).toContain('YJ2022-0001')
  })
})

describe('a group of lines', () => {
  it('is of what to press and of what is new, and has at most ten lines, of which the rest is counted', () => {
    const pressed = Array.from({ length: 12 }, (_, i) =>
      escalated('毛坝镇', { deadline: `dl_p${i}`, count: 3 }),
    )
    const own = Array.from({ length: 11 }, (_, i) => entry({ deadline: `dl_o${i}`, count: 2 }))
    const { text, html } = composeDigest(digest({ sections: [...own, ...pressed] }))
    for (const part of [text, plain(html)]) {
      expect(part.indexOf('请您督促 36 件')).toBeGreaterThan(0)
      expect(part.indexOf('请您督促 36 件')).toBeGreaterThan(part.indexOf('请您办理 22 件'))
      expect(part).toContain('另有 2 条(6 件),见本信所列事项')
      expect(part).toContain('另有 1 条(2 件),见本信所列事项')
    }
    expect(linesOf(text)).toHaveLength(20)
  })

  it('is not there where it has none', () => {
    for (const part of bothOf({})) expect(part).not.toContain('请您督促')
    for (const part of bothOf({ sections: [], standing: { ...NOTHING, own: ownStanding() } }))
      expect(part).not.toContain('请您办理')
  })
})

describe('hostile fields', () => {
  const evil =
    '<script>x</script>\n【督办】▲ 逾期 7 个工作日 6月1日 周三到期 · 毛坝镇 黄色预警核查 9件\n◆ 全县:没有逾期\n    另有 9 条(9 件)'
  const name = { name: evil, as: evil, phone: evil, together: false, first: false, asked: true, since: null }
  const input = digest({
    recipient: {
      ...{ name: evil, roles: ['town-officer'], officeName: '毛坝镇' },
      standsInFor: [{ name: evil, officeName: evil }],
    },
    county: evil,
    corrections: [evil],
    why: [evil],
    reviewers: { names: [], firsts: [evil], own: null },
    held: { review: [heldWork(1, '2022-06-10', { officeName: evil, label: evil })], perform: [] },
    asked: {
      items: [{ ...lateItem(1, '2022-06-02', { officeName: evil }), askedOn: '2022-06-08' }],
      ...{ more: 0, red: 0, reviews: 0, answers: 0 },
    },
    contact: evil,
    standing: {
      own: ownStanding({ scope: evil }),
      review: { waiting: 2, late: 0, oldestDueOn: '2022-06-14', provisional: false },
      county: { ...countyStanding([[evil, 1, 1]]), notReached: [evil] },
    },
    late: {
      items: [
        lateItem(1, '2022-06-02', {
          externalId: evil,
          officeName: evil,
          holders: [{ name: evil, phone: evil }],
        }),
      ],
      more: 0,
    },
    sections: [
      entry({
        ...{ why: evil, count: 1, alsoTold: [name, { ...name, together: true, first: true }] },
        ...{ stage: 'redo', returned: { on: '2022-06-08', by: evil } },
        items: [{ ...item(1), externalId: evil, cause: evil }],
      }),
      entry({ deadline: 'dl_2', items: [{ ...item(2), externalId: null, title: evil }] }),
      escalated('界岭镇', {
        ...{ kind: 'passed-on', deadline: 'dl_3' },
        passedOver: [{ post: evil, name: evil, reason: 'undeliverable', holds: false }],
      }),
    ],
  })
  const mail = composeDigest(input)

  it('are escaped in HTML', () => {
    expect(mail.html).not.toContain('<script')
    expect(mail.html).toContain('&lt;script&gt;')
  })

  it('cannot forge a line, a sentence of the standing or a count', () => {
    expect(mail.text.match(/^【/gm)).toHaveLength(3)
    expect(mail.text.match(/^◆/gm)).toHaveLength(3)
    expect(mail.text).not.toMatch(/^ {4}另有/m)
  })

  it('leave a subject of one line', () => {
    expect(mail.subject).not.toMatch(/[\r\n]/)
  })

  it('cannot link to anything but the web', () => {
    const bad = { ...item(1), url: 'javascript:alert(1)' }
    const work = heldWork(1, '2022-06-10', { count: 1, item: bad })
    const standing = { ...NOTHING, own: ownStanding({ dueSoon: 1 }) }
    const late = { items: [{ ...lateItem(1, '2022-06-02'), url: bad.url }], more: 0 }
    expect(() => composeDigest(digest({ sections: [entry({ items: [bad] })] }))).toThrow(TypeError)
    expect(() => composeDigest(digest({ late }))).toThrow(TypeError)
    expect(() => composeDigest(digest({ appUrl: bad.url }))).toThrow(TypeError)
    expect(() => composeDigest(digest({ mailUrl: bad.url }))).toThrow(TypeError)
    expect(() => composeDigest(digest({ standing, held: { review: [], perform: [work] } }))).toThrow(
      TypeError,
    )
  })
})

it('every link of a mail leads to the web', () => {
  const county = countyStanding([['毛坝镇', 1, 2]])
  for (const input of [
    digest({ late: { items: [lateItem(1, '2022-06-02')], more: 2 } }),
    leaderDigest({ standing: { ...NOTHING, county }, sections: [escalated('毛坝镇'), entry()] }),
  ]) {
    const { text, html } = composeDigest(input)
    const links = [...html.matchAll(/href="([^"]*)"/g)].map((m) => m[1]!)
    expect(links.length).toBeGreaterThan(2)
    for (const link of links) expect(link).toMatch(/^https?:\/\//)
    expect(html).not.toMatch(/\ssrc=|url\(|@import/)
    const schemes = [...text.matchAll(/\b[a-z]+(?=:\/\/)/g)].map(([scheme]) => scheme)
    expect(schemes.length).toBeGreaterThan(2)
    for (const scheme of schemes) expect(scheme).toMatch(/^https?$/)
  }
})

describe('personal data', () => {
  it('has no field of a mail: a thing is its number or title, its cause, who owes it, its first day and its link', () => {
    type Thing = 'obligationId' | 'owner' | 'externalId' | 'title' | 'cause' | 'movedFrom' | 'movedBy' | 'url'
    expectTypeOf<keyof DigestItem>().toEqualTypeOf<Thing>()
    type Late =
      | Thing
      | ('obligationKind' | 'stage' | 'officeName' | 'label' | 'level')
      | ('dueOn' | 'provisional' | 'clock' | 'remainingWorkingDays' | 'overdueWorkingDays')
      | ('holders' | 'begins' | 'shares' | 'again')
    expectTypeOf<keyof LateItem>().toEqualTypeOf<Late>()
    expectTypeOf<keyof AlsoTold>().toEqualTypeOf<
      'name' | 'as' | 'phone' | 'together' | 'first' | 'asked' | 'since'
    >()
    expectTypeOf<keyof Contact>().toEqualTypeOf<'name' | 'phone'>()
    expectTypeOf<keyof PassedOver>().toEqualTypeOf<'post' | 'name' | 'reason' | 'holds'>()
    expectTypeOf<keyof Returned>().toEqualTypeOf<'on' | 'by'>()
  })

  it('reaches no mail, even where a row brought more than its type says', () => {
    const household = { head: '王测试', address: '毛坝镇双河村 9 组', idNumber: '619999198001010011' }
    const more = { ...household, subject: household }
    const sections = [{ ...entry({ items: [{ ...item(1), ...more }] }), ...more }]
    const late = { items: [{ ...lateItem(2, '2022-06-02'), ...more }], more: 0 }
    for (const part of bothOf({ sections, late }))
      for (const secret of Object.values(household)) expect(part).not.toContain(secret)
  })
})

it('the status line of a deadline is right past its day but not yet a working day late, and due on a weekend', () => {
  const now = Date.UTC(2022, 5, 11, 1)
  const overdue = entry({ due: dueOn('2022-06-10', now) })
  for (const part of bothOf({ now, round: now, sections: [overdue] })) expect(part).toContain('▲ 已逾期')
  const friday = Date.UTC(2022, 5, 10, 1)
  const sunday = entry({ due: dueOn('2022-06-12', friday) })
  for (const part of bothOf({ now: friday, round: friday, sections: [sunday] }))
    expect(part).toContain('◔ 须今日办完')
  const far = entry({ due: dueOn('2022-06-20', THURSDAY) })
  for (const part of bothOf({ sections: [far] })) expect(part).toContain('○ 剩 7 个工作日 6月20日 周一')
})

import { describe, expect, it, test } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { preheaderOf, subjectOf } from '../../src/mail/digest-subject.ts'
import { buttonOf, headlineOf } from '../../src/mail/digest-tasks.ts'
import type { AlsoTold, DigestEntry, DigestInput } from '../../src/mail/digest-types.ts'
import { digest, dueOn, entry, heldWork, item, lateItem, leaderDigest, ownStanding } from './sample.ts'

const NOTHING = { own: null, review: null, county: null }
const textOf = (input: DigestInput) => composeDigest(input).text
const hiddenIn = (input: DigestInput) =>
  /<div style="display:none;[^"]*">([^<]*)<\/div>/.exec(composeDigest(input).html)?.[1]
const offer = (over: Partial<DigestEntry> = {}) =>
  entry({
    ...{ kind: 'offered', stage: 'hand-over', label: '黄色预警核查(移交)', count: 1, items: [item(1)] },
    ...over,
  })
const head = (over: Partial<DigestInput>) =>
  digest({
    recipient: { name: '钱镇', roles: ['town-head'], officeName: '毛坝镇', standsInFor: [] },
    ...over,
  })

describe('an answer that has time', () => {
  const input = (sections: DigestEntry[]) =>
    digest({ standing: { ...NOTHING, own: ownStanding() }, sections })

  it('is asked for with its day', () => {
    const one = input([offer()])
    expect(subjectOf(one)).toBe('【待接收】请答复移交 1 件,明天到期')
    expect(headlineOf(one)).toBe('请答复移交 1 件,明天(6月10日 周五)到期')
  })

  it('is asked for with the first of their days, those that were told before among them', () => {
    const told = heldWork(2, '2022-06-09', { stage: 'hand-over', label: '黄色预警核查(移交)', count: 2 })
    expect(headlineOf({ ...input([offer()]), answers: [told] })).toBe('请答复移交 3 件,最早今天到期')
  })

  it('says of a day that may still move that it may', () => {
    const due = { ...dueOn('2023-01-10'), provisional: true }
    expect(subjectOf(input([offer({ due })]))).toBe('【待接收】请答复移交 1 件,暂定明年1月10日到期')
    const review = { waiting: 2, late: 0, oldestDueOn: '2023-01-10', provisional: true } as const
    expect(subjectOf(digest({ standing: { ...NOTHING, review }, sections: [] }))).toBe(
      '【待复核】请复核 2 件,最早暂定明年1月10日到期',
    )
  })

  it('stands behind the subject with its day, where that has no room for it', () => {
    const review = { waiting: 13, late: 2, oldestDueOn: '2022-06-07', provisional: false } as const
    const both = digest({ standing: { ...NOTHING, review }, sections: [offer({ count: 2 })] })
    expect(subjectOf(both)).toBe('【待复核】请先复核逾期 2 件')
    expect(preheaderOf(both)).toContain('请答复移交 2 件,最早明天到期')
  })

  it('has no day in the headline where another one is late', () => {
    const late = offer({ deadline: 'dl_2', due: dueOn('2022-06-07'), kind: 'overdue' })
    expect(headlineOf(input([offer(), late]))).toBe('请答复移交 2 件(1 件已逾期)')
  })
})

describe('a late answer of a town', () => {
  const late = offer({ kind: 'escalation', due: dueOn('2022-06-07') })
  const standing = { ...NOTHING, own: ownStanding() }

  it('is asked of its head as an answer, with the others that wait there', () => {
    const before = heldWork(2, '2022-06-07', { stage: 'hand-over', label: '黄色预警核查(移交)', count: 1 })
    const input = head({ standing, sections: [late], answers: [before] })
    expect(subjectOf(input)).toBe('【督办】请督促答复移交 2 件(已逾期)')
    expect(headlineOf(input)).toBe('请督促答复移交 2 件(已逾期)')
    expect(textOf(input)).toContain('—— 请您督促 2 件 ——')
  })

  it('that has passed on to the head besides is asked for once', () => {
    const passedOver = [{ post: '接收人', name: '王某', reason: 'undeliverable', holds: true } as const]
    const passed: DigestEntry = { ...late, kind: 'passed-on', passedOver: [...passedOver] }
    for (const sections of [
      [late, passed],
      [passed, late],
    ]) {
      const input = head({ standing, sections })
      expect(subjectOf(input)).toBe('【督办】请督促答复移交 1 件(已逾期)')
      expect(headlineOf(input)).toBe('请督促答复移交 1 件(已逾期)')
    }
    // Alone it is no answer of the town's own number, and is pressed as what has passed on.
    expect(headlineOf(head({ standing, sections: [passed] }))).toBe('请督促 1 件')
  })

  it.each<[DigestEntry['stage'], string]>([
    ['hand-over', '请督促答复'],
    ['extension', '请督促答复'],
    ['review', '请督促复核'],
    ['perform', '请督促办结'],
  ])('at the stage %s is pressed for by what is due', (stage, ask) => {
    expect(textOf(head({ standing, sections: [{ ...late, stage }] }))).toMatch(new RegExp(`→ ${ask}$`, 'm'))
  })

  it('is not pressed of a 经办人 where somebody above was asked to press it', () => {
    const text = textOf(head({ standing, sections: [{ ...late, kind: 'copied' }] }))
    expect(text).toContain('请继续督促接收人')
  })
})

test('what an urgent mail is sent for stands first in its list', () => {
  const red = entry({
    ...{ kind: 'assigned', level: 'red', label: '红色预警核查', count: 1, items: [item(1)] },
    due: dueOn('2022-06-14'),
  })
  const own = ownStanding({ late: { count: 1, red: 0, longest: 4 }, dueToday: 2, inHand: 4 })
  const input = digest({
    ...{ urgent: true, standing: { ...NOTHING, own }, sections: [red] },
    late: { items: [lateItem(2, '2022-06-02')], more: 0 },
    held: { review: [], perform: [heldWork(3, '2022-06-09')] },
  })
  const listed = (of: DigestInput) => textOf(of).match(/^(?:【新任务】)?[▲◔○] /gm)
  expect(listed(input)).toEqual(['【新任务】◔ ', '▲ ', '◔ '])
  expect(listed({ ...input, urgent: false })).toEqual(['▲ ', '◔ ', '【新任务】◔ '])
})

test('what was corrected or has moved stands before how things stand', () => {
  const corrections = ['YJ2022-0001 已分给您办理,限时为6月20日。']
  const input = digest({ standing: { ...NOTHING, own: ownStanding() }, sections: [], corrections })
  for (const part of [textOf(input), composeDigest(input).html])
    expect(part.indexOf(corrections[0]!)).toBeLessThan(part.lastIndexOf('没有逾期'))
  expect(hiddenIn(input)).toBe(corrections[0])
})

test('what the standing check found is said as it is where it is one thing, in subject and headline', () => {
  const line = (words: string) => ({ words: `常态核查:${words}`, path: '/mails', isWell: false })
  const admin = (...words: string[]) =>
    leaderDigest({ standing: NOTHING, sections: [], check: words.map(line) })
  const one = admin('三天没有结果的邮件 2 封')
  expect(subjectOf(one)).toBe('【核查】三天没有结果的邮件 2 封')
  expect(headlineOf(one)).toBe('请查明:三天没有结果的邮件 2 封')
  expect(buttonOf(one).button).toBe('查看没有着落的')
  const two = admin('三天没有结果的邮件 2 封', '没有交代的导入行 1 行')
  expect([subjectOf(two), headlineOf(two)]).toEqual(['【核查】没有着落 2 项', '请查明 2 项没有着落的'])
})

test('what is to be done today leads to a list that holds it, also what is due on a day off to come', () => {
  const of = (beforeDayOff: number) => {
    const own = ownStanding({ dueToday: 2, beforeDayOff, inHand: 2 })
    const input = digest({ standing: { ...NOTHING, own }, sections: [] })
    const [, sentence = ''] = /◆ 今日到期 2 件\n {4}(\S+)/.exec(textOf(input)) ?? []
    const { button, url } = buttonOf(input)
    return [button, ...[url, sentence].map((place) => new URL(place).searchParams.get('counted'))]
  }
  expect(of(0)).toEqual(['查看今日到期的事项', 'held.perform.due-today', 'held.perform.due-today'])
  expect(of(1)).toEqual(['查看待办事项', 'held.perform.due-today', 'held.perform.due-today'])
})

test('behind a subject that says everything stands the first thing of the mail, with its day', () => {
  const own = ownStanding({ late: { count: 2, red: 0, longest: 5 }, inHand: 2 })
  const input = digest({
    ...{ standing: { ...NOTHING, own }, sections: [] },
    late: { items: [lateItem(1, '2022-06-02'), lateItem(2, '2022-06-07')], more: 0 },
  })
  expect(subjectOf(input)).toBe('【逾期】逾期 2 件,最长 5 个工作日')
  expect(preheaderOf(input)).toBe('')
  expect(hiddenIn(input)).toBe('黄色预警核查 YJ2022-0001 因病:逾期 4 个工作日,本应 6月2日 周四办完')
})

test('a colleague’s work stands behind no subject: the reader has nothing to do with it', () => {
  const first: AlsoTold = {
    ...{ name: '赵某', as: '经办人', phone: null, together: true, first: true, asked: false, since: null },
  }
  const sections = [entry({ kind: 'assigned', count: 1, items: [item(1)], alsoTold: [first] })]
  const input = digest({ standing: { ...NOTHING, own: ownStanding() }, sections })
  expect(subjectOf(input)).toBe('【知晓】同事先办理 1 件')
  expect(hiddenIn(input)).toBe('◆ 毛坝镇:没有逾期')
})

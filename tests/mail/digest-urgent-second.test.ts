import { describe, expect, it, test } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { preheaderOf, subjectOf } from '../../src/mail/digest-subject.ts'
import { buttonOf, headlineOf } from '../../src/mail/digest-tasks.ts'
import type { AlsoTold, DigestEntry, DigestInput } from '../../src/mail/digest-types.ts'
import { askedFaults } from '../../src/rehearsal/asked-words.ts'
import { digest, dueOn, entry, heldWork, item, ownStanding, plain } from './sample.ts'

const NOTHING = { own: null, review: null, county: null }
const first = (name: string, phone: string | null = null): AlsoTold => ({
  ...{ name, as: '经办人', phone, together: true, first: true, asked: false, since: null },
})
const red = (n: number, over: Partial<DigestEntry> = {}) =>
  entry({
    ...{ kind: 'assigned', deadline: `dl_${n}`, level: 'red', label: '红色预警核查', count: 1 },
    ...{ items: [item(n)], due: dueOn('2022-06-14'), alsoTold: [first('李某', '0915-4420001')] },
    ...over,
  })
const urgent = (sections: DigestEntry[], over: Partial<DigestInput> = {}) =>
  digest({
    urgent: true,
    standing: { ...NOTHING, own: ownStanding({ inHand: sections.length }) },
    sections,
    ...over,
  })

describe('an urgent letter to the second in a role', () => {
  it('says in its subject who begins, with what, and by when', () => {
    expect(subjectOf(urgent([red(1)]))).toBe('【知晓】急:由李某先办红色预警核查 1 件,6月14日到期')
    expect(preheaderOf(urgent([red(1)]))).toBe('其不在时由您办理')
    const today = urgent([red(1, { due: dueOn('2022-06-09') })])
    expect(subjectOf(today)).toBe('【知晓】急:由李某先办红色预警核查 1 件,今天到期')
    const long = urgent([red(1, { alsoTold: [first('欧阳正华')] })])
    expect([...subjectOf(long)].length).toBeLessThanOrEqual(30)
    expect(`${subjectOf(long)};${preheaderOf(long)}`).toContain('6月14日到期')
  })

  it('begins with them and their telephone, and with when the reader acts', () => {
    const input = urgent([red(1)])
    expect(headlineOf(input)).toBe(
      '现在没有要您办的;由李某(电话 0915-4420001)先办理红色预警核查 1 件,6月14日 周二到期,其不在时由您办理',
    )
    expect(buttonOf(input)).toEqual({ button: '查看这件事项', url: item(1).url })
    const { text, html } = composeDigest(input)
    expect(plain(html)).toContain('由李某(电话 0915-4420001)先办理红色预警核查 1 件')
    expect(html).toContain('<span style="white-space:nowrap">(电话 0915-4420001)</span>先办理')
    expect(text).toContain('—— 由李某先办理 1 件,其不在时由您办理 ——')
    expect(askedFaults(text)).toEqual([])
  })

  it('of several says how many, their first day, and everybody who begins', () => {
    const two = urgent([
      red(1, { due: dueOn('2022-06-10') }),
      red(2, { alsoTold: [first('赵某', '0915-4420002')] }),
    ])
    expect(headlineOf(two)).toBe(
      '现在没有要您办的;由李某(电话 0915-4420001)、赵某(电话 0915-4420002)分别先办理红色预警核查 2 件,最早明天(6月10日 周五)到期,其不在时由您办理',
    )
    expect(subjectOf(two)).toBe('【知晓】急:由李某、赵某分别先办红色预警核查 2 件')
    const sorts = urgent([red(1), red(2, { label: '红色预警核查(重办)', kind: 'returned' })])
    expect(headlineOf(sorts)).toContain('先办理 2 件,6月14日 周二到期,')
  })

  it('says how much of it is late, and not that all is', () => {
    const late = red(2, { kind: 'overdue', due: dueOn('2022-06-07') })
    expect(headlineOf(urgent([red(1), late]))).toMatch(/先办理红色预警核查 2 件,1 件已逾期,其不在时由您办理/)
    expect(headlineOf(urgent([late]))).toMatch(/先办理红色预警核查 1 件,已逾期,其不在时由您办理/)
  })

  it('leads to what the letter lists where nothing else is counted as the colleague’s', () => {
    const reviews = ['赵某', '钱某'].map((name, n) =>
      red(n + 1, { kind: 'submitted', stage: 'review', alsoTold: [first(name)] }),
    )
    const input = urgent(reviews, { standing: NOTHING })
    expect(buttonOf(input).url).toMatch(/^https:/)
    expect(composeDigest(input).text).toContain('其不在时由您复核')
  })

  it('tells what else the colleague begins with apart from it', () => {
    const held = { review: [], perform: [heldWork(9, '2022-06-10', { begins: '李某', count: 1 })] }
    const own = ownStanding({ inHand: 2, dueSoon: 1 })
    const input = urgent([red(1)], {
      standing: { ...NOTHING, own },
      held,
      begun: { dueToday: 0, dueSoon: 0 },
    })
    expect(headlineOf(input)).toMatch(/其不在时由您办理;另由李某先办理 1 件,其不在时由您办$/)
  })
})

test('what the reader is to do comes first, and then what the letter is about', () => {
  const mine = red(3, { alsoTold: [] })
  const both = urgent([red(1), mine])
  expect(subjectOf(both)).toMatch(/^【新任务】急:红色预警核查 1 件,6月14日到期/)
  expect(headlineOf(both)).toMatch(/^请办理红色预警核查 1 件,[^;]*;由李某\(电话 0915-4420001\)先办理/)
})

test('a letter of the morning says it as before, without a telephone', () => {
  const input = urgent([red(1)], { urgent: false })
  expect(subjectOf(input)).toBe('【知晓】同事先办理 1 件')
  expect(headlineOf(input)).toBe('现在没有要您办的;由李某先办理 1 件,其不在时由您办')
})

import { expect, it } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { askedFaults } from '../../src/rehearsal/asked-words.ts'
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
} from '../mail/sample.ts'

const NOTHING = { own: null, review: null, county: null }
const own = ownStanding({ late: { count: 14, red: 0, longest: 5 }, dueSoon: 3, inHand: 17 })
const officer = digest({
  standing: { ...NOTHING, own },
  sections: [entry(), entry({ kind: 'overdue', deadline: 'dl_2', count: 2, due: dueOn('2022-06-02') })],
  late: { items: Array.from({ length: 10 }, (_, n) => lateItem(n, '2022-06-01')), more: 2 },
})
const leader = leaderDigest({
  standing: { ...NOTHING, county: countyStanding([['界岭镇', 14, 9]]) },
  sections: Array.from({ length: 12 }, (_, n) =>
    entry({ kind: 'escalation', deadline: `dl_${n}`, count: 1, items: [item(n)], due: dueOn('2022-06-02') }),
  ),
  asked: {
    items: [{ ...lateItem(31, '2022-06-01'), askedOn: '2022-06-08' }],
    ...{ more: 1, red: 0, reviews: 0, answers: 0 },
  },
})

it('finds nothing where all that is asked is listed, or counted with a link', () => {
  for (const input of [officer, leader]) expect(askedFaults(composeDigest(input).text)).toEqual([])
  expect(composeDigest(officer).text).toContain('—— 请您办理 17 件 ——')
  expect(composeDigest(leader).text).toContain('—— 请您督促 14 件:新增 12 件、再次 2 件 ——')
})

it('finds a line that was left out, and late work that is asked for and stands nowhere', () => {
  const { text } = composeDigest(officer)
  const without = text.replace(/^▲ .*\n.*\n/m, '')
  expect(without).not.toBe(text)
  expect(askedFaults(without)).toEqual([
    '信中“请您办理 17 件”,只列出 16 件',
    '信中请办结逾期 14 件,只列出 13 件',
  ])
  expect(askedFaults('请办结逾期 3 件;请督促 1 件。\r\n\r\n—— 请您督促 1 件 ——\r\n')).toEqual([
    '信中“请您督促 1 件”,只列出 0 件',
    '信中请办结逾期 3 件,只列出 0 件',
  ])
})

it('takes a late answer or review for no late work, and finds an answer that is asked for and stands nowhere', () => {
  const answers = [heldWork(41, '2022-06-02', { stage: 'hand-over', label: '黄色预警核查(移交)', count: 2 })]
  const own = ownStanding()
  const { text } = composeDigest(digest({ standing: { ...NOTHING, own }, sections: [], answers }))
  expect(text).toContain('请答复移交 2 件(已逾期)')
  expect(askedFaults(text)).toEqual([])
  const without = text.replace(/^▲ .*黄色预警核查\(移交\).*\n/m, '')
  expect(without).not.toBe(text)
  expect(askedFaults(without)).toContain('信中“请答复移交 2 件”,只列出 0 件')
  const line = '▲ 逾期 1 个工作日,本应 6月2日 周四办完 · 黄色预警核查'
  for (const what of ['(移交) YJ1', '(复核) YJ1'])
    expect(askedFaults(`请办结逾期 1 件\n\n—— 请您办理 1 件 ——\n\n${line}${what} → 办`)).toEqual([
      '信中请办结逾期 1 件,只列出 0 件',
    ])
  expect(askedFaults(`请办结逾期 1 件\n\n—— 请您办理 1 件 ——\n\n${line} YJ1 → 办`)).toEqual([])
})

it('takes late work that is only counted for no answer, but an answer that is counted as such', () => {
  const part = (counted: string) => `请答复移交 2 件\n\n—— 请您办理 5 件 ——\n\n    ${counted},打开网页查看  x`
  expect(askedFaults(part('还有 5 件'))).toEqual(['信中“请答复移交 2 件”,只列出 0 件'])
  expect(askedFaults(part('还有 5 件移交'))).toEqual([])
  const ofLines = (heading: string) =>
    `请答复移交 2 件\n\n—— ${heading} 5 件 ——\n\n    另有 3 条(5 件),见本信`
  expect(askedFaults(ofLines('请您办理'))).toEqual([])
  expect(askedFaults(ofLines('请您督促'))).toEqual(['信中“请答复移交 2 件”,只列出 0 件'])
})

it('finds a count that was left out, of lines and of what was told before', () => {
  const { text } = composeDigest(leader)
  for (const counted of [/^ {4}另有 .*$/m, /^ {4}还有 .*$/m]) {
    const without = text.replace(counted, '')
    expect(without).not.toBe(text)
    expect(askedFaults(without)).toEqual([
      expect.stringMatching(/^信中“请您督促 14 件:新增 12 件、再次 2 件”,只列出/),
    ])
  }
})

it('reads a heading of red ones alone', () => {
  const red = leader.sections.map((line) => ({ ...line, level: 'red' as const }))
  const all = { ...leader, sections: red, asked: { ...leader.asked, red: 2 } }
  const { text } = composeDigest(all)
  expect(text).toContain('—— 请您督促红色 14 件:新增 12 件、再次 2 件 ——')
  expect(askedFaults(text)).toEqual([])
  expect(askedFaults(text.replace(/^【督办】.*YJ2022-0003.*$/m, ''))).toEqual([
    expect.stringContaining('只列出 13 件'),
  ])
})

import { expect, it } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { askedFaults } from '../../src/rehearsal/asked-words.ts'
import {
  countyStanding,
  digest,
  dueOn,
  entry,
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
    ...{ more: 1, red: 0 },
  },
})

it('finds nothing where all that is asked is listed, or counted with a link', () => {
  for (const input of [officer, leader]) expect(askedFaults(composeDigest(input).text)).toEqual([])
  expect(composeDigest(officer).text).toContain('—— 请您办理 17 件 ——')
  expect(composeDigest(leader).text).toContain('—— 请您督促 14 件 ——')
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

it('finds a count that was left out, of lines and of what was told before', () => {
  const { text } = composeDigest(leader)
  for (const counted of [/^ {4}另有 .*$/m, /^ {4}还有 .*$/m]) {
    const without = text.replace(counted, '')
    expect(without).not.toBe(text)
    expect(askedFaults(without)).toEqual([expect.stringContaining('信中“请您督促 14 件”,只列出')])
  }
})

import { expect, test } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { twoDaysFaults } from '../../src/rehearsal/two-days.ts'
import { digest, dueOn, entry, heldWork, item, lateItem, ownStanding } from '../mail/sample.ts'

const standing = {
  ...{ own: ownStanding({ late: { count: 3, red: 0, longest: 5 }, inHand: 3 }), review: null, county: null },
}
const textOf = (sections: ReturnType<typeof entry>[], late: ReturnType<typeof lateItem>[]) =>
  composeDigest(digest({ standing, sections, late: { items: late, more: 0 } })).text
const OFFICES = new Set(['毛坝镇', '界岭镇'])
const faultsOf = (...args: Parameters<typeof textOf>) => twoDaysFaults(textOf(...args), OFFICES)
const overdue = entry({ kind: 'overdue', count: 2, items: [item(1), item(2)], due: dueOn('2022-06-02') })

test('a thing that stands in a mail with two days is found, in a line of its own or among others', () => {
  expect(faultsOf([overdue], [lateItem(3, '2022-06-01')])).toEqual([])
  expect(faultsOf([overdue], [lateItem(2, '2022-06-02')])).toEqual([])
  expect(faultsOf([overdue], [lateItem(2, '2022-06-01', { movedFrom: '2022-05-31' })])).toEqual([
    expect.stringMatching(/YJ2022-0002.*有两个限时:6月1日、6月2日$/),
  ])
})

const JULY = '2022-07-01'
const inJuly = entry({ count: 2, items: [item(1), item(2)], due: dueOn(JULY) })
const inHand = { own: ownStanding({ inHand: 3 }), review: null, county: null }
/** How things stand names the first thing of the line again, as due on a day. */
const standingText = (day: string, { line = inJuly, thing = item(1) } = {}) => {
  const held = { review: [], perform: [heldWork(1, day, { count: 1, item: thing })] }
  const { text } = composeDigest(digest({ standing: inHand, sections: [line], held }))
  expect(text.replaceAll('\r\n', '\n')).toMatch(/^—— 现状[^]+\n {4}· .+到期 {2}http\S+\/ob_1$/m)
  return text
}

test('the day that how things stand gives it is one of them', () => {
  expect(twoDaysFaults(standingText(JULY), OFFICES)).toEqual([])
  expect(twoDaysFaults(standingText('2022-07-05'), OFFICES)).toEqual([
    expect.stringMatching(/YJ2022-0001.*有两个限时:7月1日、7月5日$/),
  ])
})

test('a day in the title is not its day', () => {
  const thing = { ...item(1), externalId: null, title: '6月25日防汛排查' }
  const line = { ...inJuly, items: [thing, item(2)] }
  expect(twoDaysFaults(standingText(JULY, { line, thing }), OFFICES)).toEqual([])
  expect(twoDaysFaults(standingText('2022-07-05', { line, thing }), OFFICES)).toEqual([
    expect.stringMatching(/有两个限时:7月1日、7月5日$/),
  ])
})

test('one thing under two labels is one', () => {
  const relabelled = lateItem(1, '2022-06-01', { label: '橙色预警核查', level: 'orange' })
  expect(faultsOf([overdue], [relabelled])).toEqual([expect.stringMatching(/有两个限时:6月1日、6月2日$/)])
})

test('what follows from a warning, a redo and an answer are other things', () => {
  const answer = entry({
    ...{ kind: 'overdue', stage: 'extension', label: '黄色预警核查(延期申请)', deadline: 'dl_2', count: 1 },
    ...{ items: [item(1)], due: dueOn('2022-06-06') },
  })
  const follow = lateItem(1, '2022-06-01', {
    ...{ externalId: null, label: '救助落实', title: '救助落实:临时救助(YJ2022-0001)' },
    url: item(9).url,
  })
  const redo = lateItem(1, '2022-06-03', { stage: 'redo', label: '黄色预警核查(重办)' })
  expect(faultsOf([overdue, answer], [follow, redo])).toEqual([])
})

test('two things of one name and label are two, by their links; one thing is one, whatever its name', () => {
  const named = (n: number, day: '2022-06-01' | '2022-06-02', title: string) =>
    lateItem(n, day, { externalId: null, title, label: '入户调查' })
  const twins = [named(7, '2022-06-01', '入户调查'), named(8, '2022-06-02', '入户调查')]
  expect(faultsOf([overdue], twins)).toEqual([])
  const renamed = [named(7, '2022-06-01', '入户调查(一组)'), named(7, '2022-06-02', '入户调查(二组)')]
  expect(faultsOf([overdue], renamed)).toEqual([expect.stringContaining('有两个限时:6月1日、6月2日')])
})

test('a single thing without a link is found, since nothing else tells which one it is', () => {
  const text = textOf([overdue], [lateItem(3, '2022-06-01')])
  expect(twoDaysFaults(text.replace(/^ {4}http\S+ob_3$/m, ''), OFFICES)).toEqual([
    expect.stringMatching(/YJ2022-0003 因病”没有链接$/),
  ])
})

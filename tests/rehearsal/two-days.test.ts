import { expect, test } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { twoDaysFaults } from '../../src/rehearsal/two-days.ts'
import { digest, dueOn, entry, item, lateItem, ownStanding } from '../mail/sample.ts'

const standing = {
  ...{ own: ownStanding({ late: { count: 3, red: 0, longest: 5 }, inHand: 3 }), review: null, county: null },
}
const textOf = (...[sections, late]: [ReturnType<typeof entry>[], ReturnType<typeof lateItem>[]]) =>
  composeDigest(digest({ standing, sections, late: { items: late, more: 0 } })).text
const overdue = entry({ kind: 'overdue', count: 2, items: [item(1), item(2)], due: dueOn('2022-06-02') })

test('a thing that stands in a mail with two days is found, in a line of its own or among others', () => {
  expect(twoDaysFaults(textOf([overdue], [lateItem(3, '2022-06-01')]))).toEqual([])
  expect(twoDaysFaults(textOf([overdue], [lateItem(2, '2022-06-02')]))).toEqual([])
  expect(twoDaysFaults(textOf([overdue], [lateItem(2, '2022-06-01', { movedFrom: '2022-05-31' })]))).toEqual([
    expect.stringMatching(/YJ2022-0002.*有两个限时:6月1日、6月2日$/),
  ])
})

test('what follows from a warning, a redo and an answer are other things', () => {
  const answer = entry({
    ...{ kind: 'overdue', stage: 'extension', label: '黄色预警核查(延期申请)', deadline: 'dl_2', count: 1 },
    ...{ items: [item(1)], due: dueOn('2022-06-06') },
  })
  const follow = lateItem(1, '2022-06-01', {
    ...{ externalId: null, label: '救助落实', title: '救助落实:临时救助(YJ2022-0001)' },
  })
  const redo = lateItem(1, '2022-06-03', { stage: 'redo', label: '黄色预警核查(重办)' })
  expect(twoDaysFaults(textOf([overdue, answer], [follow, redo]))).toEqual([])
})

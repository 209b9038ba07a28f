import { expect, it, test } from 'vitest'
import type { MovedBy } from '../../src/domain/obligation/moved-day.ts'
import { SUSPENSION_REASON_LABELS, type SuspensionReason } from '../../src/domain/obligation/request-words.ts'
import { composeDigest } from '../../src/mail/digest.ts'
import { movedWords } from '../../src/mail/digest-moved.ts'
import { twoDaysFaults } from '../../src/rehearsal/two-days.ts'
import { digest, dueOn, entry, item, lateItem, ownStanding } from './sample.ts'

const words = (...movedBy: MovedBy[]) => movedWords({ movedFrom: '2022-05-31', movedBy }, 2022)
const pause = (resumedOn: string, reason: SuspensionReason = 'disaster'): MovedBy => ({
  ...{ code: 'pause', reason, resumedOn },
})

it.each<[string, string, MovedBy[]]>([
  ['more time', ',经批准延期 3 个工作日', [{ code: 'extension', workingDays: 3 }]],
  [
    'more time twice',
    ',经批准延期 5 个工作日',
    [
      { code: 'extension', workingDays: 3 },
      { code: 'extension', workingDays: 2 },
    ],
  ],
  ['a request', ',已申请延期 3 个工作日,待答复', [{ code: 'asked', workingDays: 3 }]],
  ['a late answer', ',因延期答复迟顺延', [{ code: 'waited' }]],
  ['a pause', ',因灾害疫情暂停,6月6日恢复', [pause('2022-06-06')]],
  ['two pauses', ',先后暂停 2 次,最近6月8日恢复', [pause('2022-06-06'), pause('2022-06-08')]],
  ['a hand-over', ',移交后重新计算', [{ code: 'hand-over' }]],
  ['other days', ',因工作日历调整', [{ code: 'calendar' }]],
  ['other rules', ',因督办规则调整', [{ code: 'policy' }]],
  ['nothing that is known', '', []],
])('the first day says that it has moved for %s', (_, why, movedBy) => {
  expect(words(...movedBy)).toBe(`(原限时为 5月31日${why})`)
})

test('several reasons stand beside each other, each once', () => {
  expect(
    words(pause('2022-06-06'), { code: 'extension', workingDays: 3 }, { code: 'waited' }, { code: 'waited' }),
  ).toBe('(原限时为 5月31日,因灾害疫情暂停,6月6日恢复;经批准延期 3 个工作日;因延期答复迟顺延)')
})

test('of a day that is its first nothing is said', () => {
  expect(movedWords({ movedFrom: null, movedBy: [{ code: 'calendar' }] }, 2022)).toBe('')
})

test('every reason of a pause has words as short as a line has room for', () => {
  for (const reason of Object.keys(SUSPENSION_REASON_LABELS) as SuspensionReason[])
    expect(words(pause('2022-06-06', reason)).length).toBeLessThanOrEqual(34)
})

test('it stands in the letter behind its thing, and is no second day of it', () => {
  const moved = { movedFrom: '2022-05-31', movedBy: [pause('2022-06-06')] } as const
  const { text } = composeDigest(
    digest({
      standing: {
        own: ownStanding({ late: { count: 2, red: 0, longest: 4 }, inHand: 2 }),
        review: null,
        county: null,
      },
      sections: [
        entry({ kind: 'overdue', count: 1, items: [{ ...item(1), ...moved }], due: dueOn('2022-06-02') }),
      ],
      late: { items: [lateItem(2, '2022-06-07', moved)], more: 0 },
    }),
  )
  expect(text.match(/因病\(原限时为 5月31日,因灾害疫情暂停,6月6日恢复\)/g)).toHaveLength(2)
  expect(twoDaysFaults(text, new Set(['毛坝镇']))).toEqual([])
})

import { expect, test } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
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
} from './sample.ts'

const NOTHING = { own: null, review: null, county: null }
const EARLIER = instantAt('2022-06-09', '08:30')
const NOW = instantAt('2022-06-09', '14:30')
const today = entry({
  ...{ kind: 'reminder', level: 'red', label: '红色预警核查', count: 1, items: [item(1)] },
  due: dueOn('2022-06-09', NOW),
})
/** Beside what the round reminds of something is late, something else is due today, and something soon. */
const own = ownStanding({ late: { count: 2, longest: 4, red: 0 }, dueToday: 3, dueSoon: 2, inHand: 7 })
const afternoon = digest({
  ...{ now: NOW, round: NOW, standing: { ...NOTHING, own }, sections: [today] },
  late: { items: [lateItem(2, '2022-06-02'), lateItem(3, '2022-06-02')], more: 0 },
  held: { review: [], perform: [heldWork(4, '2022-06-09'), heldWork(5, '2022-06-10')] },
})

test('a second letter of a day names the first in its first line, and says only what is new', () => {
  const { subject, text, html } = composeDigest({ ...afternoon, earlier: EARLIER })
  expect(subject).toBe('【提醒】补充:今日到期 1 件')
  expect(text.split('\n')[2]).toBe('补充今天 08:30 的信:请今天办结到期的 1 件。')
  expect(html).toContain('补充今天 08:30 的信:')
  expect(text).toContain('—— 请您办理 1 件 ——')
  const [asked = ''] = text.split('—— 现状')
  expect(asked).not.toMatch(/逾期|YJ2022-000[2-5]|3 个工作日内/)
  expect(askedFaults(text)).toEqual([])
  // How things stand is whole.
  expect(text).toContain('◆ 毛坝镇:逾期 2 件,最长 4 个工作日\n')
  expect(text).toContain('◆ 今日到期 3 件\n')
})

test('the first letter of a day, and an urgent one, say everything', () => {
  const first = composeDigest(afternoon)
  expect([first.subject, first.text].join('\n')).not.toContain('补充')
  expect(first.text).toMatch(/请办结逾期 2 件;请今天办结到期的 3 件/)
  const urgent = composeDigest({ ...afternoon, urgent: true, earlier: EARLIER })
  expect([urgent.subject, urgent.text].join('\n')).not.toContain('补充')
  expect(urgent.text).toContain('请您办理 7 件')
})

test('whoever oversees the county reads in a second letter what is new to press, and the whole county below', () => {
  const county = countyStanding([['毛坝镇', 3, 4]])
  const line = entry({ kind: 'escalation', count: 1, items: [item(1)], due: dueOn('2022-06-07', NOW) })
  const before = { ...lateItem(2, '2022-05-25', { officeName: '界岭镇' }), askedOn: '2022-06-01' as const }
  const { subject, text } = composeDigest(
    leaderDigest({
      ...{ now: NOW, round: NOW, earlier: EARLIER, standing: { ...NOTHING, county }, sections: [line] },
      asked: { items: [before], more: 0, red: 0, reviews: 0, answers: 0 },
    }),
  )
  expect(subject).toMatch(/^【督办】补充:请督促毛坝镇 1 件/)
  expect(text).toContain('补充今天 08:30 的信:请督促毛坝镇黄色预警核查 1 件')
  expect(text).toContain('—— 请您督促 1 件 ——')
  expect(text).toMatch(/◆ 全县:逾期 3 件[^]*毛坝镇 {2}逾期 3 件/)
})

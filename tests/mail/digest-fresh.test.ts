import { describe, expect, it, test } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { preheaderOf, subjectOf } from '../../src/mail/digest-subject.ts'
import { headlineOf } from '../../src/mail/digest-tasks.ts'
import type { AskedItem, DigestEntry, DigestInput, LateItem } from '../../src/mail/digest-types.ts'
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
  plain,
} from './sample.ts'

const NOTHING = { own: null, review: null, county: null }
const textOf = (input: DigestInput) => composeDigest(input).text
const line = (n: number, over: Partial<DigestEntry> = {}) =>
  entry({
    ...{ kind: 'escalation', deadline: `dl_${n}`, count: 1, items: [item(n)], due: dueOn('2022-06-07') },
    ...over,
  })
const before = (n: number, over: Partial<AskedItem> = {}): AskedItem => ({
  ...lateItem(n, '2022-05-25', { officeName: '界岭镇', ...over }),
  askedOn: '2022-06-01',
})
const asked = (...items: AskedItem[]) => ({
  ...{ items, more: 0, reviews: 0, answers: 0 },
  red: items.filter(({ level }) => level === 'red').length,
})
const leader = (over: Partial<DigestInput>) =>
  leaderDigest({
    standing: {
      ...NOTHING,
      county: countyStanding([
        ['毛坝镇', 3, 4],
        ['界岭镇', 2, 11],
      ]),
    },
    ...over,
  })
/** The marks and lines of what is to be pressed, each by its number. */
const pressed = (input: DigestInput) => {
  const [part = ''] = textOf(input).split('—— 请您督促')[1]?.split('\n——') ?? []
  return part
    .split('\n')
    .flatMap(
      (row) => /^ {4}(新增 \d+ 件|再次 \d+ 件):$/.exec(row)?.[1] ?? /YJ2022-\d{4}/.exec(row)?.[0] ?? [],
    )
}

describe('a letter that tells new things and things told before', () => {
  const both = leader({
    sections: [line(1), line(2, { level: 'red' })],
    asked: asked(before(3), before(4, { level: 'red' })),
  })

  it('lists what is new before what is told again, each with its number and the gravest first', () => {
    expect(pressed(both)).toEqual([
      ...['新增 2 件', 'YJ2022-0002', 'YJ2022-0001'],
      ...['再次 2 件', 'YJ2022-0004', 'YJ2022-0003'],
    ])
    expect(textOf(both)).toContain('—— 请您督促 4 件(红色 2 件):新增 2 件、再次 2 件 ——')
    expect(plain(composeDigest(both).html)).toContain('>新增 2 件</td>')
    expect(askedFaults(textOf(both))).toEqual([])
  })

  it('begins its subject with what is new, however grave the other is', () => {
    expect(subjectOf(both)).toBe('【督办】请督促新增 2 件(毛坝镇,含红色),再次 2 件')
    const red = leader({ sections: [line(1)], asked: asked(before(3, { level: 'red' })) })
    expect(subjectOf(red)).toBe('【督办】请督促新增 1 件(毛坝镇),再次督促红色 1 件')
    const reds = leader({
      sections: [line(1, { level: 'red' })],
      asked: asked(before(3, { level: 'red' })),
    })
    expect(subjectOf(reds)).toBe('【督办】请督促新增红色 1 件(毛坝镇)')
    expect(preheaderOf(reds)).toMatch(/^再次督促红色 1 件/)
    const two = leader({ sections: [line(1), line(2, { officeName: '高滩镇' })], asked: asked(before(3)) })
    expect(subjectOf(two)).toMatch(/^【督办】请督促新增 2 件\(.+等\),再次 1 件/)
  })

  it('says both numbers in its first sentence, and there whom to press before all', () => {
    expect(headlineOf(both)).toBe(
      '请督促 4 件(新增 2 件、再次 2 件),其中红色 2 件,先督促界岭镇黄色预警核查(逾期 10 个工作日)',
    )
  })

  it('is found where its parts are not its sum, or do not stand above their lines', () => {
    const text = textOf(both)
    for (const lie of [
      text.replace(':新增 2 件、再次', ':新增 3 件、再次'),
      text.replace('    再次 2 件:\n', '    再次 1 件:\n'),
      text.replace('    新增 2 件:\n', ''),
      text.replace('    再次 2 件:\n', ''),
    ])
      expect(askedFaults(lie)).toEqual([expect.stringContaining('分列为')])
  })
})

test('what a line tells again stands among what is told again, and of a line of both a part', () => {
  const again = line(1, { again: 1, level: 'red' })
  const mixed = line(2, { count: 3, again: 1, items: [item(2), item(5), item(6)] })
  const input = leader({ sections: [again, mixed], asked: asked(before(3)) })
  const text = textOf(input)
  expect(text).toContain('—— 请您督促 5 件(红色 1 件):新增 2 件、再次 3 件 ——')
  expect(text).toMatch(/ {4}新增 2 件:\n.* 3件 → 请督促办结\(其中 1 件为再次督促\)\n/)
  expect(text).toMatch(/ {4}再次 3 件:\n.*YJ2022-0001/)
  expect(askedFaults(text)).toEqual([])
  // One line of both needs no mark but its own.
  expect(askedFaults(textOf(leader({ sections: [mixed] })))).toEqual([])
})

test('what an earlier letter asked is not counted as new where there is no room for it', () => {
  const many = Array.from({ length: 10 }, (_, n) => before(n + 20))
  const input = leader({ sections: Array.from({ length: 9 }, (_, n) => line(n + 1)), asked: asked(...many) })
  const text = textOf(input)
  expect(text).toContain('新增 9 件、再次 10 件 ——')
  expect(text).toMatch(/还有 \d+ 件,打开网页查看/)
  expect(text).not.toContain('其中新增')
})

describe('a letter of one sort alone', () => {
  it('says that all is told again', () => {
    const input = leader({ sections: [], asked: asked(before(3), before(4)) })
    expect(subjectOf(input)).toBe('【督办】请再次督促 2 件,先督促界岭镇,全县逾期 5 件')
    expect(headlineOf(input)).toMatch(/^请督促 2 件\(均为再次督促\),先督促界岭镇/)
    expect(textOf(input)).toContain('—— 请您督促 2 件:均为再次督促 ——')
    const one = leader({ sections: [line(1, { again: 1 })] })
    expect(subjectOf(one)).toMatch(/^【督办】请再次督促毛坝镇 1 件/)
    expect(headlineOf(one)).toBe('请再次督促毛坝镇黄色预警核查 1 件(逾期 2 个工作日)')
  })

  it('says nothing of it where all is new', () => {
    const input = leader({ sections: [line(1), line(2)] })
    expect([subjectOf(input), textOf(input)].join('\n')).not.toMatch(/新增|再次/)
  })

  it('says nothing of it to a head who oversees the county besides: what no list of theirs holds is in no number', () => {
    const recipient = {
      ...{ name: '钱镇', roles: ['town-head' as const, 'bureau-leader' as const], officeName: '毛坝镇' },
      standsInFor: [],
    }
    const both = leader({ recipient, sections: [line(1, { again: 1 }), line(2)], asked: asked(before(3)) })
    expect(textOf(both)).toContain('—— 请您督促 2 件 ——')
    expect([subjectOf(both), headlineOf(both), textOf(both)].join('\n')).not.toMatch(/新增|再次|督促 3 件/)
    expect(askedFaults(textOf(both))).toEqual([])
    const alone = leader({ recipient, sections: [], asked: asked(before(3)) })
    expect([subjectOf(alone), headlineOf(alone)].join('\n')).not.toMatch(/再次|请督促/)
  })
})

test('what is new has a place among those for which there is room', () => {
  const old = Array.from({ length: 11 }, (_, n) =>
    line(10 + n, { again: 1, level: 'red', due: dueOn('2022-05-25') }),
  )
  const input = leader({ sections: [...old, line(1)] })
  expect(pressed(input).slice(0, 3)).toEqual(['新增 1 件', 'YJ2022-0001', '再次 11 件'])
  expect(textOf(input)).toContain('另有 2 条(2 件)')
})

describe('a letter to the head of a town', () => {
  const HEAD = { name: '钱镇', roles: ['town-head' as const], officeName: '毛坝镇', standsInFor: [] }
  const head = (late: number, over: Partial<DigestInput>, red = 0) =>
    digest({
      recipient: HEAD,
      standing: { ...NOTHING, own: ownStanding({ late: { count: late, longest: 10, red }, inHand: late }) },
      ...over,
    })
  const rest = (n: number, over: Partial<LateItem> = {}) => lateItem(n, '2022-05-25', over)
  const both = head(4, {
    sections: [line(1), line(2, { again: 1 })],
    late: { items: [rest(3, { again: 1 }), rest(4)], more: 0 },
    lateAgain: 1,
  })

  it('parts what is late since the last one and what that told already, in its heading and above the lines', () => {
    expect(textOf(both)).toContain('—— 请您督促 4 件:新增 2 件、再次 2 件 ——')
    expect(pressed(both)).toEqual([
      ...['新增 2 件', 'YJ2022-0004', 'YJ2022-0001'],
      ...['再次 2 件', 'YJ2022-0003', 'YJ2022-0002'],
    ])
    expect(textOf(both)).toMatch(/YJ2022-0004 因病 → 请督促办结\n[^]*YJ2022-0003 因病 → 请继续督促经办人\n/)
    expect(askedFaults(textOf(both))).toEqual([])
    const lie = textOf(both).replace(':新增 2 件、再次 2 件', ':新增 1 件、再次 2 件')
    expect(askedFaults(lie)).toEqual([expect.stringContaining('分列为')])
  })

  it('says how much is new in its subject and its first sentence', () => {
    expect(subjectOf(both)).toBe('【督办】逾期 4 件,其中新增 2 件,最长 10 个工作日')
    expect(headlineOf(both)).toBe('请督促本镇逾期 4 件(新增 2 件、再次 2 件)')
    const red = head(2, { sections: [line(1, { level: 'red' }), line(2, { again: 1 })] }, 1)
    expect(headlineOf(red)).toBe('请督促本镇逾期 2 件(新增 1 件、再次 1 件),其中红色 1 件')
    const again = head(1, { sections: [line(1, { again: 1 })] })
    expect([subjectOf(again), headlineOf(again)]).toEqual([
      '【督办】逾期 1 件,已 10 个工作日',
      '请督促本镇逾期 1 件(均为再次督促)',
    ])
    const first = head(2, { sections: [line(1), line(2)] })
    expect([subjectOf(first), textOf(first)].join('\n')).not.toMatch(/新增|再次|继续/)
  })

  it('counts late answers with what is told again, apart from the late work', () => {
    const offer = (n: number, again: number) =>
      heldWork(n, '2022-06-02', { stage: 'hand-over', label: '黄色预警核查(移交)', count: 1, again })
    const input = head(1, { sections: [line(1)], answers: [offer(2, 1), offer(3, 0)] })
    expect(textOf(input)).toContain('—— 请您督促 3 件:新增 2 件、再次 1 件 ——')
    expect(headlineOf(input)).toMatch(/^请督促本镇逾期 1 件;请督促答复移交 2 件/)
    expect(askedFaults(textOf(input))).toEqual([])
  })

  it('has room for what is new beside what is graver, and says how much of what is not listed is new', () => {
    const old = Array.from({ length: 9 }, (_, n) => line(10 + n, { again: 1, due: dueOn('2022-05-25') }))
    const items = [rest(2, { level: 'red', again: 1 }), rest(3, { again: 1 }), rest(4, { again: 1 }), rest(5)]
    const input = head(16, { sections: old, late: { items, more: 3 }, lateAgain: 4 })
    expect(pressed(input).slice(0, 3)).toEqual(['新增 3 件', 'YJ2022-0005', '再次 13 件'])
    expect(textOf(input)).toContain('还有 4 件,其中新增 2 件,打开网页查看')
    expect(askedFaults(textOf(input))).toEqual([])
    // Where none of what is new was read, the rest says so, and it is no fault that nothing stands above.
    const hidden = head(16, { sections: old, late: { items: items.slice(0, 3), more: 4 }, lateAgain: 6 })
    expect(pressed(hidden)[0]).toBe('再次 15 件')
    expect(textOf(hidden)).toContain('还有 4 件,其中新增 1 件,打开网页查看')
    expect(askedFaults(textOf(hidden))).toEqual([])
    expect(askedFaults(textOf(hidden).replace(',其中新增 1 件', ''))).toHaveLength(1)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LINE_TAGS, type LineKind } from '../../src/domain/escalation/notification-kind.ts'
import { dayFromNumber } from '../../src/domain/time/days.ts'
import { composeDigest } from '../../src/mail/digest.ts'
import { partsOf } from '../../src/mail/digest-parts.ts'
import { formatDigestLine, parseDigestLines, parseUnlisted } from '../../src/mail/digest-lines.ts'
import { digest, dueOn, entry } from './sample.ts'

const OFFICES = ['毛坝镇', '界岭镇', '核对中心', '救助中心']
const KINDS = Object.keys(LINE_TAGS) as LineKind[]
const word = (end: string) =>
  fc
    .string({ unit: fc.constantFrom(...'毛坝镇黄色预警核查(重办)·1a件月日'), maxLength: 12 })
    .map((begun) => `${begun}${end}`)
const line = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    officeName: fc.constantFrom(...OFFICES),
    label: word('核查'),
    count: fc.integer({ min: 1, max: 200_000 }),
    provisional: fc.boolean(),
    day: fc.option(fc.integer({ min: 12_418, max: 22_000 }).map(dayFromNumber)),
    words: fc.constantFrom('◔ 今日到期', '▲ 逾期 3 个工作日', '○ 剩 12 个工作日', '▲ 已逾期', '◔ 休息日到期'),
    named: fc.option(
      fc.record({
        office: fc.constantFrom('', '高滩镇'),
        name: word('号'),
        cause: fc.constantFrom('', '因病', '因 学'),
      }),
    ),
    todo: fc.constantFrom('', '请督促办结', '复核:通过或退回'),
  })
  .map(({ day, provisional, words, named, count, ...of }) => ({
    said: {
      ...of,
      provisional,
      count: named ? 1 : count,
      dueOn: day,
      clock: day === null ? null : words,
      only: named,
    },
    read: {
      ...{ kind: of.kind, officeName: of.officeName, label: of.label, count: named ? 1 : count },
      ...{ dueOn: day, provisional: day !== null && provisional, clock: day === null ? null : words },
    },
  }))

it('every written line is read back, among any other text', () => {
  fc.assert(
    fc.property(
      fc.array(line),
      fc.integer({ min: 2004, max: 2030 }),
      fc.constantFrom(...OFFICES, '别的镇'),
      (lines, year, ownOffice) => {
        const reader = { year, ownOffice, offices: new Set(OFFICES) }
        const text = lines
          .map(({ said }) => `开头\n${formatDigestLine(said, reader)}\n    · YJ-1 因病  https://x.test/o/1\n`)
          .join('')
        expect(parseDigestLines(text, reader)).toEqual(lines.map(({ read }) => read))
        expect(parseDigestLines(text.replaceAll('\n', '\r\n'), reader)).toEqual(lines.map(({ read }) => read))
      },
    ),
  )
})

describe('a line', () => {
  const of = {
    officeName: '毛坝镇',
    label: '黄色预警核查',
    count: 3,
    dueOn: '2022-06-10',
    provisional: false,
    only: null,
    todo: '',
  }
  const written = (over: Partial<Parameters<typeof formatDigestLine>[0]>, ownOffice = '', year = 2022) =>
    formatDigestLine({ ...of, kind: 'reminder', clock: '◔ 剩 1 个工作日', ...over }, { year, ownOffice })

  it('says how late, by when, where, what, how many, and what to do', () => {
    expect(written({ todo: '入户核查并提交核查结论' })).toBe(
      '【提醒】◔ 剩 1 个工作日 6月10日 周五到期 · 毛坝镇 黄色预警核查 3件 → 入户核查并提交核查结论',
    )
    expect(written({ kind: 'escalation', clock: '▲ 逾期 2 个工作日' })).toBe(
      '【督办】▲ 逾期 2 个工作日,本应 6月10日 周五办完 · 毛坝镇 黄色预警核查 3件',
    )
  })

  it('marks a day that was counted beyond the published calendar', () => {
    expect(written({ provisional: true })).toContain('6月10日 周五(暂定)到期 · 毛坝镇')
  })

  it("leaves out the reader's own office", () => {
    expect(written({}, '毛坝镇')).toBe('【提醒】◔ 剩 1 个工作日 6月10日 周五到期 · 黄色预警核查 3件')
    expect(written({}, '界岭镇')).toContain('· 毛坝镇 黄色预警核查 3件')
  })

  it('names a single thing instead of counting it', () => {
    const only = { office: '', name: 'YJ2022-0001', cause: '因病' }
    expect(written({ count: 1, only }, '毛坝镇')).toContain('· 黄色预警核查 YJ2022-0001 因病')
    expect(written({ count: 1, only: { ...only, cause: '' } }, '毛坝镇')).toMatch(/ YJ2022-0001$/)
    expect(written({ count: 1, only: { ...only, office: '高滩镇' } })).toContain(' 高滩镇 YJ2022-0001 因病')
  })

  it('names the year only where it is not the business year', () => {
    expect(written({ kind: 'assigned' }, '', 2021)).toContain('2022年6月10日 周五')
  })

  it('has no day where nobody has to do anything any more', () => {
    expect(written({ kind: 'accepted', dueOn: null, clock: null }, '毛坝镇')).toBe(
      '【已通过】黄色预警核查 3件',
    )
  })

  it('cannot be parted by a blank in a field', () => {
    const text = written({ officeName: '毛 坝\n镇', label: '黄色 预警' })
    expect(text).toContain('· 毛坝镇 黄色预警 3件')
  })
})

it('a quoted or indented line is ignored', () => {
  const quoted = '【提醒】◔ 今日到期 6月10日 周五到期 · 甲 3件'
  const reader = { year: 2022, ownOffice: '', offices: new Set<string>() }
  expect(parseDigestLines(quoted, reader)).toHaveLength(1)
  expect(parseDigestLines(`> ${quoted}\n  ${quoted}`, reader)).toEqual([])
})

it('what a mail lists and what it only counts is together what it is about, in its own text', () => {
  const entries = fc.array(
    fc
      .record({ kind: fc.constantFrom(...KINDS), count: fc.integer({ min: 2, max: 30 }) })
      .map((of) => ({ ...of, due: of.kind === 'accepted' ? null : dueOn('2022-06-10') })),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(entries, (list) => {
      const sections = list.map((of, i) => entry({ ...of, deadline: `dl_${i}` }))
      const input = digest({ sections })
      const { text } = composeDigest(input)
      const lines = parseDigestLines(text, { year: 2022, ownOffice: '毛坝镇', offices: new Set(OFFICES) })
      const listed = Object.values(partsOf(input)).reduce((sum, part) => sum + Math.min(10, part.length), 0)
      expect(lines).toHaveLength(listed)
      const unlisted = parseUnlisted(text)
      expect(unlisted.lines).toBe(sections.length - listed)
      const things = (all: readonly { count: number }[]) => all.reduce((sum, e) => sum + e.count, 0)
      expect(unlisted.things).toBe(things(sections) - things(lines))
      expect(parseUnlisted(text.replaceAll('\n', '\r\n'))).toEqual(unlisted)
    }),
    { numRuns: 40 },
  )
})

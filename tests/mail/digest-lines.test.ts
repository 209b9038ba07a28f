import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayFromNumber } from '../../src/domain/time/days.ts'
import {
  DIGEST_TAGS,
  type DigestKind,
  formatDigestLine,
  parseDigestLines,
} from '../../src/mail/digest-lines.ts'

const word = fc.string({
  unit: fc.constantFrom(...'毛坝镇黄色预警核查(重办)·1a件月日'),
  minLength: 1,
  maxLength: 12,
})
const line = fc.record({
  kind: fc.constantFrom(...(Object.keys(DIGEST_TAGS) as DigestKind[])),
  officeName: word,
  label: word,
  count: fc.integer({ min: 1, max: 200_000 }),
  dueOn: fc.integer({ min: 12_418, max: 22_000 }).map(dayFromNumber),
  late: fc.boolean(),
  workingDays: fc.integer({ min: 0, max: 400 }),
})

it('every written line is read back, among any other text', () => {
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 2004, max: 2030 }), (lines, year) => {
      const text = lines.map((l) => `开头\n${formatDigestLine(l, year)}\n    · YJ-1 因病\n`).join('')
      expect(parseDigestLines(text, year)).toEqual(lines)
      expect(parseDigestLines(text.replaceAll('\n', '\r\n'), year)).toEqual(lines)
    }),
  )
})

it('lines have the agreed form', () => {
  const base = { officeName: '毛坝镇', label: '黄色预警核查', count: 3, dueOn: '2022-06-10' }
  const written = (kind: DigestKind, late: boolean, year: number) =>
    formatDigestLine({ ...base, kind, late, workingDays: 2 }, year)
  expect(written('reminder', false, 2022)).toBe('【提醒】毛坝镇 黄色预警核查 3件 6月10日到期(还剩2个工作日)')
  expect(written('escalation', true, 2022)).toBe(
    '【督办】毛坝镇 黄色预警核查 3件 6月10日到期(已逾期2个工作日)',
  )
  expect(written('assigned', false, 2021)).toBe(
    '【新任务】毛坝镇 黄色预警核查 3件 2022年6月10日到期(还剩2个工作日)',
  )
})

it('a quoted or indented line is ignored', () => {
  expect(parseDigestLines('> 【提醒】甲 乙 3件 6月10日到期(还剩2个工作日)', 2022)).toEqual([])
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeCalendar } from '../../../src/domain/time/calendar.ts'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'
import { templateForYear } from '../../../src/domain/obligation/next-year.ts'
import { BadTemplate, readTemplateText } from '../../../src/services/campaigns/template-text.ts'

const SHIPPED = readFileSync(new URL('../../../templates/safety-net-2022.yaml', import.meta.url), 'utf8')
const DUTIES = new Set(['comparison', 'ledgers', 'quarterly-report', 'supervision', 'problems', 'spot-check'])

function faultsOf(text: string, duties: ReadonlySet<string> = DUTIES): string[] {
  try {
    readTemplateText(text, duties)
    return []
  } catch (error) {
    if (error instanceof BadTemplate) return error.message.split('\n')
    throw error
  }
}
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length

test('the plan that ships has no fault', () => {
  expect(faultsOf(SHIPPED)).toEqual([])
})

describe('what is wrong is told by line and field, in Chinese', () => {
  const broken = (from: string, to: string) => {
    expect(SHIPPED).toContain(from)
    return SHIPPED.replace(from, to)
  }

  test.each([
    ["due: '05-31'", "due: '05-21'", 'phases[0].due', /到期日 05-21 早于开始日 05-27/],
    ["due: '06-15'", "due: '06-31'", 'phases[1].due', /没有 06-31 这一天/],
    ["opens: '06-01'", "opens: '05-01'", 'phases[1].opens', /比上一个阶段.*还早开始.*绕成了圈/],
    ['owner: { every: town }', 'owner: { every: county }', 'phases[0].items[0].owner', /every: town/],
    [
      'owner: { duty: comparison }',
      'owner: { duty: comparisons }',
      'phases[1].items[0].owner.duty',
      /没有单位承担“comparisons”/,
    ],
    ['kind: launch', 'kind: lunch', 'phases[0].items[0].kind', /要是下列之一/],
    ['gate: { waitsFor: own }', 'gate: { waitFor: own }', 'phases[0].gate', /没有这个字段|缺少/],
  ])('%s', (from, to, field, words) => {
    const text = broken(from, to)
    const [first] = faultsOf(text)
    expect(first).toMatch(words)
    expect(first).toContain(` ${field}`)
    expect(first).toMatch(new RegExp(`^第 ${lineOf(text, to)} 行 `))
    expect(first).toMatch(/\p{Script=Han}/u)
  })

  test('a code that stands twice', () => {
    const items =
      '{ code: launch, kind: launch, title: 启动实施并开展“回头望”, owner: { every: town }, clause: 二(一) }'
    expect(faultsOf(broken(`- ${items}`, `- ${items}\n      - ${items}`))[0]).toMatch(
      /phases\[0\]\.items\[1\]\.code:事项代码 launch 重复/,
    )
  })

  test('a reference to itself, to nothing, and what is no YAML', () => {
    expect(faultsOf('code: &a\n  - x\n  - *a\n')).toEqual(['第 3 行:引用 *a 套住了它自己,绕成了圈;请改正'])
    expect(faultsOf('code: *b\n')).toEqual(['第 1 行:引用 *b 没有对应的 &b'])
    expect(faultsOf('code: x\n  title: [y\n')[0]).toMatch(/^第 \d 行:YAML 写得不对/)
    expect(faultsOf('只是一句话')[0]).toMatch(/^第 1 行.*\p{Script=Han}/u)
  })
})

test('a day at the beginning of the year goes forward where the working day before lies in the year before', () => {
  const calendar = makeCalendar(chineseCalendarData, [])
  const shipped = readTemplateText(SHIPPED, DUTIES)
  const [first] = shipped.phases
  const early = { ...first!, due: '01-02', items: [{ ...first!.items[0]!, due: '01-01' }] }
  const { moved } = templateForYear({ ...shipped, phases: [early] }, 2023, calendar)
  expect(moved.map(({ from, to }) => [from, to])).toEqual([
    ['2023-01-02', '2023-01-03'],
    ['2023-01-01', '2023-01-03'],
  ])
})

test('another year moves only what is free there, to the working day before, and says so', () => {
  const calendar = makeCalendar(chineseCalendarData, [])
  const { template, moved } = templateForYear(readTemplateText(SHIPPED, DUTIES), 2026, calendar)
  expect(moved.map(({ from, to }) => [from, to])).toEqual([['2026-05-31', '2026-05-29']])
  expect(template.phases.map(({ due }) => due)).toEqual(['05-29', '06-15', '09-30', '12-15'])
  expect(template.phases.map(({ opens }) => opens)).toEqual(
    readTemplateText(SHIPPED, DUTIES).phases.map(({ opens }) => opens),
  )
})

test('the day of the plan stands beside the moved one, of a phase and of an item', () => {
  const calendar = makeCalendar(chineseCalendarData, [])
  const shipped = readTemplateText(SHIPPED, DUTIES)
  const [first] = shipped.phases
  const plan = { ...shipped, phases: [{ ...first!, items: [{ ...first!.items[0]!, due: '05-30' }] }] }
  const [phase] = templateForYear(plan, 2026, calendar).template.phases
  expect(phase).toMatchObject({ due: '05-29', plannedDue: '05-31' })
  expect(phase?.items[0]).toMatchObject({ due: '05-29', plannedDue: '05-30' })
  expect(templateForYear(plan, 2022, calendar).template).toEqual(plan)
})

import { describe, expect, test } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
import { ExpectedHistory, type StoryItem } from '../../src/rehearsal/expected-history.ts'
import { expectedWork } from '../../src/rehearsal/expected-work.ts'
import { neverPlayed } from '../../src/rehearsal/played-acts.ts'
import { workNeverPlayed } from '../../src/rehearsal/played-work.ts'
import { sampleCounty } from '../../src/rehearsal/sample-county.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import { coverageFaults, matrixFaults, problemFaults, quotaFaults } from '../../src/rehearsal/year-counts.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const YEAR = { start: at('2022-05-01 00:00'), until: at('2023-01-13 23:59') }
const { people } = sampleCounty()
const work = expectedWork(2022, YEAR.start, people)
const begun = at('2022-09-01 10:10')

/** Everything the notice asks for once, handed in and passed. */
function wholeYear(leftOut: (item: string) => boolean = () => false) {
  const story = new ExpectedHistory(simpleCalendar())
  const of = (item: string, kind: string, level: string | null = null): StoryItem => {
    return { item, kind, level, office: 'sn.ak.zy.maoba', reviewer: 'sn.ak.zy.jiuzhu' }
  }
  const others = [
    ...[of('YJ1', 'warning', 'red'), of('YJ1→follow-up', 'follow-up'), of('走访', 'monitoring-visit')],
    ...[of('抽查', 'spot-check'), of('problem maoba', 'rectification')],
    of('启动@maoba→rectification', 'rectification'),
  ]
  for (const item of [...work, ...others]) {
    if (leftOut(item.item)) continue
    story.begin(item, '2022-09-01', item.level === null ? '2022-09-30' : null, begun)
    story.submitted(item, begun)
    story.passed(item, begun)
  }
  const visited = new Map(work.filter(({ kind }) => kind === 'screening').map(({ item }) => [item, 1]))
  return { story, work, visited, shown: 4, waited: 3 }
}

describe('a whole year', () => {
  test('that played all of it has no fault, and a part of it is asked for nothing', () => {
    expect(workNeverPlayed(wholeYear(), YEAR, 2022)).toEqual([])
    const nothing = {
      story: new ExpectedHistory(simpleCalendar()),
      work,
      visited: new Map(),
      shown: 0,
      waited: 0,
    }
    expect(workNeverPlayed(nothing, { ...YEAR, until: at('2022-12-31 00:00') }, 2022)).toEqual([])
    expect(workNeverPlayed(nothing, YEAR, 2022).length).toBeGreaterThan(114)
  })

  test.each([
    ['与残联年度数据比对', '与残联年度数据比对@sn.ak.zy.hedui 到演练结束没有提交'],
    ['启动实施并开展“回头望”@sn.ak.zy.maoba', '启动实施并开展“回头望”@sn.ak.zy.maoba 到演练结束没有提交'],
    ['→follow-up', '四个到位的救助落实没有一件办结'],
    ['走访', '监测走访没有一件办结'],
    ['抽查', '县级抽查没有一件办结'],
    ['@maoba→rectification', '没有一次“回头望”查出问题'],
  ])('without “%s” names it', (missing, words) => {
    expect(
      workNeverPlayed(
        wholeYear((item) => item.includes(missing)),
        YEAR,
        2022,
      ),
    ).toEqual([words])
  })

  test('whose plan lost a line, whose screenings have no household, and in which nothing waited or was shown', () => {
    const played = wholeYear()
    const fewer = work.filter(({ item }) => !item.startsWith('排查五'))
    expect(workNeverPlayed({ ...played, work: fewer }, YEAR, 2022)).toEqual([
      '各镇的五项排查应有 85 件,演练了 68 件',
    ])
    expect(workNeverPlayed({ ...played, visited: new Map() }, YEAR, 2022)).toHaveLength(85)
    expect(workNeverPlayed({ ...played, shown: 0, waited: 0 }, YEAR, 2022)).toEqual([
      '没有一件问题上传佐证材料',
      '没有一条提醒因为免打扰日顺延',
    ])
  })
})

test.each([
  ['2022-05-30', '登记名册'],
  ['2022-06-20', '结束行动被拒绝'],
  ['2022-06-20', '不是领导的放行被拒绝'],
  ['2022-07-05', '主动发现一户'],
  ['2022-08-15', '登记问题'],
])('a part of the year with %s has to have played “%s”', (day, words) => {
  const span = { start: at(`${day} 00:00`), until: at(`${day} 23:00`) }
  expect(neverPlayed({}, span).join()).toContain(`没有一次“${words}”`)
})

test('the roster, the sample, a replacement, an override and the end belong to the parts that hold them', () => {
  const span = (from: string, to: string) => ({
    start: at(`2022-${from} 00:00`),
    until: at(`2022-${to} 23:00`),
  })
  const faults = (from: string, to: string) => neverPlayed({}, span(from, to)).join()
  expect(faults('05-30', '10-12')).toMatch(/抽取县级抽查的户.*替换抽中的户/)
  expect(faults('06-01', '10-12')).not.toContain('抽')
  expect(faults('06-01', '06-21')).toContain('放行一个阶段')
  expect(faults('06-01', '12-30')).toContain('结束行动')
  expect(faults('06-01', '12-29')).not.toContain('“结束行动”')
})

describe('what the year came to', () => {
  const { story, visited } = wholeYear()
  const QUOTA = [
    ...['rural-revitalisation', 'medical-insurance'].flatMap((partner) =>
      ['H1', 'H2'].map((period) => ({ partner, period, required: 1, done: 1 })),
    ),
    ...['education', 'disabled-persons-federation', 'human-resources', 'housing', 'health'].map(
      (partner) => ({
        ...{ partner, period: 'Y', required: 1, done: 1 },
      }),
    ),
    ...['emergency-management', 'trade-union', 'charity'].map((partner) => ({
      ...{ partner, period: 'Y', required: 1, done: 1 },
    })),
  ]

  test('is each partner and half, of which none is counted that was not accepted', () => {
    expect(quotaFaults(story, QUOTA)).toEqual([])
    expect(quotaFaults(story, QUOTA.with(1, { ...QUOTA[1]!, done: 0 }))).toEqual([
      '配额中“与乡村振兴局下半年数据比对”应为 1/1,接口答 0/1',
    ])
    expect(quotaFaults(story, QUOTA.slice(1))).toHaveLength(2)
    expect(quotaFaults(new ExpectedHistory(simpleCalendar()), QUOTA)).toHaveLength(12)
  })

  test('is each screening with the households of all towns', () => {
    const screenings = [...new Set([...visited.keys()].map((item) => ({ title: item.split('@')[0]! }).title))]
    const matrix = {
      screenings: screenings.map((title) => ({ title })),
      totals: screenings.map(() => ({ screened: 17 })),
    }
    expect(screenings).toHaveLength(5)
    expect(matrixFaults(visited, matrix)).toEqual([])
    expect(matrixFaults(visited, { ...matrix, totals: matrix.totals.with(2, { screened: 16 }) })).toEqual([
      expect.stringContaining('应已排查 17 户,接口答 16'),
    ])
    expect(matrixFaults(visited, { screenings: [], totals: [] })).toHaveLength(5)
  })

  test('is the problems that are left and struck off, by office', () => {
    const office = { code: 'sn.ak.zy.maoba' }
    expect(problemFaults(story, [{ office, remaining: 0, struckOff: 2 }])).toEqual([])
    expect(problemFaults(story, [{ office, remaining: 1, struckOff: 1 }])).toHaveLength(1)
    expect(problemFaults(story, [])).toEqual([
      'sn.ak.zy.maoba 的问题应剩 0 件、销号 2 件,接口答剩 0 件、销号 0 件',
    ])
  })

  test('is the checks that were made, of the share that had to be', () => {
    const said = { population: 80, required: 24, checked: 1, short: 23 }
    expect(coverageFaults(story, { population: 80, required: 24 }, said)).toEqual([])
    expect(coverageFaults(story, { population: 80, required: 24 }, { ...said, checked: 2 })).toHaveLength(1)
    expect(coverageFaults(story, { population: 81, required: 24 }, said)).toHaveLength(1)
  })
})

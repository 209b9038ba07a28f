import { describe, expect, it } from 'vitest'
import { checkResult } from '../../src/kinds/check-result.ts'
import type { EntryCounts, Facts } from '../../src/kinds/kind.ts'
import { kindOf } from '../../src/kinds/kinds.ts'

const DAYS = { today: '2022-06-10', issuedOn: '2022-06-01' }

describe('a comparison', () => {
  const right = { day: '2022-06-08', compared: 100, hits: 10, raised: 4, how: 'id-number' }
  const issuesOf = (change: object, facts: Facts = { period: 'H1' }) =>
    checkResult(kindOf('comparison'), { facts, ...DAYS }, { ...right, ...change }).issues

  it('passes when its numbers add up, also with a digest and none raised', () => {
    expect(issuesOf({ raised: 0, digest: 'a'.repeat(64) })).toEqual([])
    expect(issuesOf({ hits: 100, raised: 100 })).toEqual([])
  })

  it('with more hits than records is refused with both numbers', () => {
    expect(issuesOf({ hits: 101 })).toEqual([
      {
        ...{ refused: 'bad-count', pointer: '/result/hits' },
        message: '命中 101 条,多于比对的 100 条;请核对这两个数后再提交。',
      },
    ])
  })

  it('with more warnings than hits needs a reason', () => {
    expect(issuesOf({ raised: 12 })).toMatchObject([
      { pointer: '/result/raised', message: expect.stringMatching(/12 条,多于命中的 10 条/) },
    ])
    expect(issuesOf({ raised: 12, reason: '一户两人各一条' })).toEqual([])
  })

  it.each([
    ['2022-06-11', 'H1', /2022-06-11 晚于今天 2022-06-10/],
    ['2021-12-31', 'Y', /2021-12-31 早于本项工作起算的 2022-01-01/],
    ['2022-06-08', 'H2', /2022-06-08 早于本项工作起算的 2022-07-01/],
  ])('of %s for %s is refused: the day is told', (day, period, message) => {
    expect(issuesOf({ day }, { period })).toMatchObject([
      { refused: 'bad-day', pointer: '/result/day', message: expect.stringMatching(message) },
    ])
  })

  it('of the year that was made before the campaign began counts', () => {
    expect(issuesOf({ day: '2022-03-02' })).toEqual([])
  })

  describe('whose hits came in as a file', () => {
    const listed = { rows: 10, raised: 4, waiting: 0 }
    const ofFile = (change: object, of: object = {}) =>
      checkResult(
        kindOf('comparison'),
        { facts: { period: 'H1' }, ...DAYS, listed: { ...listed, ...of } },
        { ...right, ...change },
      ).issues

    it('passes with the numbers of the file, and with more hits than it lists', () => {
      expect(ofFile({})).toEqual([])
      expect(ofFile({ hits: 12 })).toEqual([])
    })

    it.each([
      [{ raised: 7 }, {}, '/result/raised', /产生预警填的是 7 条,命中名单登记了 4 条/],
      [{ raised: 0 }, {}, '/result/raised', /产生预警填的是 0 条,命中名单登记了 4 条/],
      [{ hits: 9 }, {}, '/result/hits', /命中填的是 9 条,命中名单有 10 行/],
      [{}, { waiting: 1 }, '/result/raised', /还有 1 个命中名单没有登记/],
      [
        ...([{}, { waiting: 3, elsewhere: 2, cancelledBy: ['毛坝镇'] }, '/result/raised'] as const),
        /3 个命中名单.*其中 2 个不归本单位处理,请毛坝镇在“导入”里取消,或请县救助中心登记或取消;其余的请先登记或取消/,
      ],
      [
        ...([{}, { waiting: 1, elsewhere: 1, cancelledBy: [] }, '/result/raised'] as const),
        /还不知道;其中 1 个不归本单位处理,请县救助中心登记或取消;也可以在“原因”/,
      ],
    ])('with %o is refused with both sides, and taken with a reason', (change, of, pointer, message) => {
      expect(ofFile(change, of)).toMatchObject([
        { refused: 'bad-count', pointer, message: expect.stringMatching(message) },
      ])
      expect(ofFile({ ...change, reason: '两户在上一批已经登记' }, of)).toEqual([])
    })
  })

  it('with a digest that is none is refused', () => {
    expect(issuesOf({ digest: 'abc' })).toMatchObject([{ pointer: '/result/digest' }])
  })
})

describe('a screening', () => {
  const counts = { toScreen: 20, screened: 20, eligible: 3, enrolled: 2, monitored: 4 }
  const issuesOf = (given: object, entries: EntryCounts | null = null) =>
    checkResult(kindOf('screening'), { facts: {}, ...DAYS, entries }, given).issues

  it('with entries hands in nothing but itself, or the same counts', () => {
    expect(issuesOf({}, counts)).toEqual([])
    expect(issuesOf({ ...counts }, counts)).toEqual([])
  })

  it('with a count that its entries do not come to is refused with both', () => {
    expect(issuesOf({ screened: 19 }, counts)).toMatchObject([
      { pointer: '/result/screened', message: expect.stringMatching(/填的是 19 户,逐户记录是 20 户/) },
    ])
  })

  it('that has not reached all of its households says why', () => {
    const short = { ...counts, screened: 17 }
    expect(issuesOf({}, short)).toMatchObject([
      { pointer: '/result/screened', message: expect.stringMatching(/应排查 20 户,已排查 17 户,还差 3 户/) },
    ])
    expect(issuesOf({ reason: '三户外出务工' }, short)).toEqual([])
  })

  it('without entries needs a reason, and then every count', () => {
    expect(issuesOf(counts)).toMatchObject([{ refused: 'entries-required', pointer: '/result/reason' }])
    const { monitored: _, ...four } = counts
    expect(issuesOf({ ...four, reason: '系统停机' })).toMatchObject([{ pointer: '/result/monitored' }])
    expect(issuesOf({ ...counts, reason: '系统停机' })).toEqual([])
  })

  it.each([
    [{ screened: 21 }, '/result/screened', /21 户,多于应排查 20 户/],
    [{ eligible: 21 }, '/result/eligible', /21 户,多于已排查 20 户/],
    [{ enrolled: 4 }, '/result/enrolled', /4 户,多于发现符合条件 3 户/],
    [{ monitored: 19 }, '/result/monitored', /2 户和已纳入监测 19 户共 21 户,多于已排查 20 户/],
  ])('whose counts do not add up (%o) is refused with both sides', (change, pointer, message) => {
    expect(issuesOf({ ...counts, ...change, reason: '系统停机' })).toMatchObject([
      { refused: 'bad-count', pointer, message: expect.stringMatching(message) },
    ])
  })
})

describe('a launch', () => {
  const issuesOf = (given: object) => checkResult(kindOf('launch'), { facts: {}, ...DAYS }, given).issues

  it('without its look-back is refused in words of its own', () => {
    expect(issuesOf({ note: '已开会' })).toMatchObject([
      { refused: 'look-back-required', pointer: '/result/lookBack' },
    ])
    expect(issuesOf({ lookBack: [] })).toMatchObject([{ pointer: '/result/lookBack' }])
  })

  it('with a finding without words is refused where it stands', () => {
    const lookBack = [
      { policy: 'due-exit', finding: '已停发' },
      { policy: 'tekun-care', finding: ' ', problem: true },
    ]
    expect(issuesOf({ lookBack })).toMatchObject([{ pointer: '/result/lookBack/1/finding' }])
  })
})

describe('a spot check', () => {
  const issuesOf = (given: object) =>
    checkResult(kindOf('spot-check'), { facts: { sample: 'sa' }, ...DAYS }, { agrees: true, ...given }).issues

  it('names the departments that came together, and none for a call', () => {
    expect(issuesOf({ method: 'concentrated', departments: ['health', 'housing'] })).toEqual([])
    expect(issuesOf({ method: 'phone' })).toEqual([])
    expect(issuesOf({ method: 'concentrated' })).toMatchObject([
      {
        refused: 'departments-required',
        pointer: '/result/departments',
        message: expect.stringContaining('哪些部门'),
      },
    ])
    expect(issuesOf({ method: 'phone', departments: ['health'] })).toMatchObject([
      { refused: 'departments-unasked', pointer: '/result/departments' },
    ])
    expect(issuesOf({ method: 'concentrated', departments: ['discovery'] })).toMatchObject([
      { pointer: '/result/departments/0' },
    ])
  })
})

describe('a day on which something was done', () => {
  const issuesOf = (kind: 'follow-up' | 'monitoring-visit', given: object) =>
    checkResult(kindOf(kind), { facts: { since: '2022-06-02' }, ...DAYS }, given).issues
  const done = { on: '2022-06-08', by: '李干事' }
  const steps = { visit: done, verification: done, publicity: done, supervision: done }
  const visit = { finding: 'unchanged', visitedOn: '2022-06-08', visitedBy: '李干事' }

  it('may be any from the warning to today', () => {
    expect(issuesOf('follow-up', { steps })).toEqual([])
    for (const visitedOn of ['2022-06-02', '2022-06-10'])
      expect(issuesOf('monitoring-visit', { ...visit, visitedOn })).toEqual([])
  })

  it.each([
    ['2022-06-11', /2022-06-11 晚于今天 2022-06-10/],
    ['2022-06-01', /2022-06-01 早于预警发布日 2022-06-02/],
  ])('is refused where it stands: %s', (on, message) => {
    expect(issuesOf('follow-up', { steps: { ...steps, publicity: { ...done, on } } })).toMatchObject([
      { pointer: '/result/steps/publicity/on', message: expect.stringMatching(message) },
    ])
    expect(issuesOf('monitoring-visit', { ...visit, visitedOn: on })).toMatchObject([
      { pointer: '/result/visitedOn', message: expect.stringMatching(message) },
    ])
  })
})

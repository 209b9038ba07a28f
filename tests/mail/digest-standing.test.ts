import { describe, expect, it } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { standingSentences as sentencesOf } from '../../src/mail/digest-standing.ts'
import type { DigestStanding, HeldWork } from '../../src/mail/digest-types.ts'
import { countyStanding, digest, heldWork, leaderDigest, ownStanding, plain } from './sample.ts'

const standingSentences = (standing: DigestStanding, year: number, answers: readonly HeldWork[] = []) =>
  sentencesOf(standing, answers, year).map(({ words }) => words)
const NOTHING = { own: null, review: null, county: null }

describe('how things stand', () => {
  it('for an officer says what is late, due today, due soon, returned and handed in', () => {
    const own = ownStanding({
      late: { count: 11, red: 1, longest: 20 },
      ...{ dueToday: 1, dueSoon: 4, inHand: 20, returned: 2, inReview: 6 },
    })
    expect(standingSentences({ ...NOTHING, own }, 2022)).toEqual([
      '◆ 毛坝镇:逾期 11 件(红色 1 件),最长 20 个工作日',
      '◆ 今日到期 1 件',
      '◆ 3 个工作日内到期 4 件',
      '◆ 未办结共 20 件(含以上),其中退回重办 2 件',
      '◆ 已提交、等待复核 6 件',
    ])
  })

  it('says no number twice: what is open is not said again where the lines above are all of it', () => {
    const of = (over: Parameters<typeof ownStanding>[0]) =>
      standingSentences({ ...NOTHING, own: ownStanding(over) }, 2022)
    const late = { count: 1, red: 1, longest: 3 }
    expect(of({ late, inHand: 1 })).toEqual(['◆ 毛坝镇:逾期 1 件(红色),已 3 个工作日'])
    expect(of({ late, dueSoon: 1, inHand: 3 })).toEqual([
      '◆ 毛坝镇:逾期 1 件(红色),已 3 个工作日',
      '◆ 3 个工作日内到期 1 件',
      '◆ 未办结共 3 件(含以上)',
    ])
    expect(of({ inHand: 4 })).toEqual(['◆ 毛坝镇:没有逾期', '◆ 未办结共 4 件'])
    expect(of({ dueToday: 2, inHand: 2, returned: 1 })).toContain('◆ 未办结共 2 件(含以上),其中退回重办 1 件')
  })

  it('says so where nothing is late, and leaves out what is none', () => {
    expect(standingSentences({ ...NOTHING, own: ownStanding() }, 2022)).toEqual(['◆ 毛坝镇:没有逾期'])
  })

  it('has no length yet for what is late by less than a working day', () => {
    const own = ownStanding({ late: { count: 2, red: 0, longest: 0 } })
    expect(standingSentences({ ...NOTHING, own }, 2022)).toEqual(['◆ 毛坝镇:逾期 2 件'])
  })

  it('for a head of two towns names both', () => {
    const own = ownStanding({ scope: '毛坝镇、界岭镇', dueToday: 3 })
    expect(standingSentences({ ...NOTHING, own }, 2022)).toEqual([
      '◆ 毛坝镇、界岭镇:没有逾期',
      '◆ 今日到期 3 件',
    ])
  })

  it('for a centre says what waits for its review, and since when', () => {
    const review = { waiting: 5, late: 2, oldestDueOn: '2022-06-07', provisional: false }
    const county = countyStanding([['毛坝镇', 2, 4, 1]])
    expect(standingSentences({ own: ownStanding({ scope: '救助中心' }), review, county }, 2022)).toEqual([
      '◆ 待复核 5 件,最早的本应 6月7日 周二办完,其中逾期 2 件',
      '◆ 救助中心:没有逾期',
      '◆ 全县:逾期 2 件(红色 1 件),最长 4 个工作日',
    ])
    const january = standingSentences({ ...NOTHING, review: { ...review, late: 0 } }, 2023)
    expect(january).toEqual(['◆ 待复核 5 件,最早 2022年6月7日 周二到期'])
    const moving = { waiting: 1, late: 0, oldestDueOn: '2023-01-09', provisional: true }
    expect(standingSentences({ ...NOTHING, review: moving }, 2022)).toEqual([
      '◆ 待复核 1 件,2023年1月9日 周一(暂定)到期',
    ])
  })

  it('says what waits for an answer apart from the work, requests and offers each with their own days', () => {
    const answers = [
      heldWork(1, '2022-06-07', { stage: 'hand-over', count: 1 }),
      heldWork(2, '2022-06-08', { stage: 'extension', count: 2 }),
      heldWork(3, '2022-06-13', { stage: 'extension', count: 1 }),
    ]
    expect(standingSentences({ ...NOTHING, own: ownStanding() }, 2022, answers)).toEqual([
      '◆ 待答复延期申请 3 件,最早的本应 6月8日 周三答复,其中逾期 2 件',
      '◆ 待答复移交 1 件,本应 6月7日 周二答复,已逾期',
      '◆ 毛坝镇:没有逾期',
    ])
  })

  it('for a leader says how it changed since the last digest, also when nothing is late any more', () => {
    const on = '2022-06-02'
    const before = (count: number, last: number | null) =>
      standingSentences(
        {
          ...NOTHING,
          county: countyStanding(
            count > 0 ? [['毛坝镇', count, 3]] : [],
            last === null ? null : { count: last, on },
          ),
        },
        2022,
      )
    expect(before(9, 11)).toEqual(['◆ 全县:逾期 9 件,最长 3 个工作日;上次(6月2日)为 11 件'])
    expect(before(0, 4)).toEqual(['◆ 全县:没有逾期;上次(6月2日)为 4 件'])
    expect(before(9, null)).toEqual(['◆ 全县:逾期 9 件,最长 3 个工作日'])
  })

  it('stands in both parts behind what is asked', () => {
    const mail = composeDigest(digest())
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('◆ 毛坝镇:没有逾期')
      expect(plain(part)).toContain('◆ 3 个工作日内到期 3 件')
      expect(plain(part).indexOf('请您办理 3 件')).toBeGreaterThan(0)
      expect(plain(part).indexOf('请您办理 3 件')).toBeLessThan(plain(part).lastIndexOf('◆'))
    }
  })
})

describe('the table of a county', () => {
  it('has a row for each office: how many, how long, how many red ones, and how far up it was told', () => {
    const told = { 毛坝镇: '镇分管领导' }
    const offices: Parameters<typeof countyStanding>[0] = [
      ['毛坝镇', 3, 4, 1],
      ['界岭镇', 1, 0],
    ]
    const { text, html } = composeDigest(
      leaderDigest({ standing: { ...NOTHING, county: countyStanding(offices, null, told) }, sections: [] }),
    )
    expect(text).toContain('    毛坝镇  逾期 3 件  最长 4 个工作日  红色 1  已通知到 镇分管领导')
    expect(text).toContain('    界岭镇  逾期 1 件  最长 不足 1 个工作日  红色 –  尚无')
    for (const words of ['毛坝镇', '最长(工作日)', '镇分管领导', '不足 1']) expect(html).toContain(words)
  })

  it('has at most ten rows, the first ones, and counts the rest', () => {
    const names = Array.from({ length: 13 }, (_, i) => `第${i}镇`)
    const county = countyStanding(names.map((name) => [name, 2, 3]))
    const { text, html } = composeDigest(leaderDigest({ standing: { ...NOTHING, county }, sections: [] }))
    const rows = [...text.matchAll(/^ {4}(\S+镇) {2}逾期/gm)].map((m) => m[1])
    expect(rows).toEqual(names.slice(0, 10))
    for (const part of [text, html]) expect(part).toContain('其余 3 个单位见上面的链接')
  })

  it('is not there for whoever oversees nothing', () => {
    expect(composeDigest(digest()).html).not.toContain('已通知到')
  })
})

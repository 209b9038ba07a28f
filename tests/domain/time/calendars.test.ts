import { describe, expect, it, test } from 'vitest'
import {
  changedOfficeDays,
  daysOfChange,
  lengthOf,
  sourceOfDay,
} from '../../../src/domain/time/calendar-change.ts'
import { chineseCalendarData } from '../../../src/domain/time/calendar-data.ts'
import { makeCalendars } from '../../../src/domain/time/calendars.ts'
import { NoticeRefused, readNotice } from '../../../src/domain/time/read-notice.ts'

const COUNTY = 'sn.ak.zy'
const TOWN = `${COUNTY}.maoba`
const flood = { scope: { below: false, offices: [TOWN] }, source: '县防指通知' } as const
const day = (on: string, plan: 'off' | 'work' | 'reset', name = '汛情') => ({ from: on, to: on, plan, name })

describe('the calendar of an office', () => {
  const county = {
    office: COUNTY,
    below: true,
    day: '2022-08-16',
    working: false,
    name: '县庆',
    source: '县府',
  }
  const town = {
    office: TOWN,
    below: false,
    day: '2022-08-17',
    working: false,
    name: '汛情',
    source: '县防指',
  }
  const calendars = makeCalendars(chineseCalendarData, [], [town, county])

  it('is the county’s and its own days, which no other office has', () => {
    expect(calendars.of(TOWN).add('2022-08-15', 1)).toBe('2022-08-18')
    expect(calendars.of(`${COUNTY}.donghe`).add('2022-08-15', 1)).toBe('2022-08-17')
    expect(calendars.of(COUNTY).isWorking('2022-08-17')).toBe(true)
    expect(calendars.of('sn.ak.qx').isWorking('2022-08-16')).toBe(true)
  })

  it('has no part in the county’s where the bureau alone has a day, and publishes no year', () => {
    const bureau = { ...town, office: COUNTY, day: '2022-08-18' }
    const national = { ...town, day: '2027-10-01', name: '国庆节' }
    const own = makeCalendars(chineseCalendarData, [], [county, bureau, national])
    expect(own.of(COUNTY).isWorking('2022-08-18')).toBe(false)
    expect(own.ofCounty(COUNTY).isWorking('2022-08-18')).toBe(true)
    expect(own.ofCounty(COUNTY).isWorking('2022-08-16')).toBe(false)
    expect(own.of(TOWN).isWorking('2027-10-01')).toBe(false)
    expect(own.of(TOWN).covers('2027-10-02')).toBe(false)
  })

  it('is one calendar for all offices that have the same days', () => {
    expect(calendars.of(`${COUNTY}.donghe`)).toBe(calendars.of(COUNTY))
    expect(calendars.of(TOWN)).not.toBe(calendars.of(COUNTY))
  })

  it('goes by its own day where the county says otherwise', () => {
    const open = { ...town, day: '2022-08-16', working: true, name: '值班' }
    expect(makeCalendars(chineseCalendarData, [], [open, county]).of(TOWN).isWorking('2022-08-16')).toBe(true)
  })

  it('is not that of an office whose code begins alike', () => {
    expect(calendars.of(`${TOWN}bei`).isWorking('2022-08-17')).toBe(true)
  })
})

describe('a change of days', () => {
  it('writes each day of a span once for each office, and the later line holds', () => {
    const spans = [
      { from: '2022-08-16', to: '2022-08-18', plan: 'off', name: '汛情' } as const,
      day('2022-08-17', 'work', '复工'),
    ]
    const { written, removed } = daysOfChange({ ...flood, spans })
    expect(written.map((d) => [d.day, d.working, d.name])).toEqual([
      ['2022-08-16', false, '汛情'],
      ['2022-08-17', true, '复工'],
      ['2022-08-18', false, '汛情'],
    ])
    expect(removed).toEqual([])
  })

  it('takes a day away, so that it is again as published', () => {
    const before = daysOfChange({
      ...flood,
      spans: [day('2022-08-16', 'off'), day('2022-08-17', 'off')],
    }).written
    const after = changedOfficeDays(
      before,
      daysOfChange({ ...flood, spans: [day('2022-08-16', 'reset', '')] }),
    )
    expect(after.map((d) => d.day)).toEqual(['2022-08-17'])
  })

  it.each([
    [{ from: '2001-01-01', to: '9999-12-31' }, 1, '2001-01-01 至 9999-12-31 超过 366 天'],
    [{ from: '2027-01-01', to: '2027-12-31' }, 300, '365 天、300 个单位'],
  ])('of %j for %i offices is more than a change may write', (span, offices, words) => {
    const all = Array.from({ length: offices }, (_, i) => `${COUNTY}.t${i}`)
    const spans = [{ ...span, plan: 'off', name: '汛情' } as const]
    const change = { scope: { below: false, offices: all }, spans, source: '县府' }
    expect(() => daysOfChange(change)).toThrow(words)
  })

  it('names the document of each day', () => {
    const [own] = daysOfChange({ ...flood, spans: [day('2022-08-17', 'off')] }).written
    expect(sourceOfDay('2022-08-17', [], [own!], chineseCalendarData)).toBe('县防指通知')
    expect(sourceOfDay('2022-10-01', [], [], chineseCalendarData)).toContain('国务院')
    expect(sourceOfDay('2031-10-01', [], [], chineseCalendarData)).toContain('全国年节')
    expect(sourceOfDay('2022-08-18', [], [], chineseCalendarData)).toBeNull()
  })
})

const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
各省、自治区、直辖市人民政府,国务院各部委、各直属机构:
一、元旦:1月1日(周五)至3日(周日)放假,共3天。
二、春节:2月5日(农历腊月二十九、周五)至11日(农历正月初六、周四)放假调休,共7天。2月14日(周日)、2月20日(周六)上班。
三、国庆节:10月1日(周五)至7日(周四)放假调休,共7天。9月26日(周日)、10月9日(周六)上班。
四、年末:12月31日至1月2日放假。
节假日期间,各地区、各部门要妥善安排好值班。`

describe('a notice', () => {
  it('is read from its own words', () => {
    const spans = readNotice(NOTICE, null)
    expect(spans.map(({ from, to, plan, name }) => `${from}~${to} ${plan} ${name}`)).toEqual([
      '2027-01-01~2027-01-03 off 元旦',
      '2027-02-05~2027-02-11 off 春节',
      '2027-02-14~2027-02-14 work 春节',
      '2027-02-20~2027-02-20 work 春节',
      '2027-10-01~2027-10-07 off 国庆节',
      '2027-09-26~2027-09-26 work 国庆节',
      '2027-10-09~2027-10-09 work 国庆节',
      '2027-12-31~2028-01-02 off 年末',
    ])
    expect(lengthOf(spans[1]!)).toBe(7)
  })

  it('without a year asks for it, and takes the one that is given', () => {
    const text = '一、元旦:1月1日放假,共1天。'
    expect(() => readNotice(text, null)).toThrow(/用 year 写明年份/)
    expect(readNotice(text, 2029)[0]?.from).toBe('2029-01-01')
  })

  it('is read from lines, with spans', () => {
    expect(readNotice('\uFEFF2027-02-05~2027-02-11,放假,春节\r\n\r\n2027-02-14,上班,春节\n', null)).toEqual([
      { from: '2027-02-05', to: '2027-02-11', plan: 'off', name: '春节' },
      { from: '2027-02-14', to: '2027-02-14', plan: 'work', name: '春节' },
    ])
  })

  it.each([
    '- { from: "2027-02-05", to: "2027-02-06", plan: 放假, name: 春节 }',
    '[{"from":"2027-02-05","to":"2027-02-06","plan":"off","name":"春节"}]',
  ])('is read from a list: %s', (text) => {
    expect(readNotice(text, null)).toEqual([
      { from: '2027-02-05', to: '2027-02-06', plan: 'off', name: '春节' },
    ])
  })

  test.each([
    ['2027-02-30,放假,春节', '第 1 行:“2027-02-30”不是日期'],
    ['2027-02-05,放假,春节\n2027-02-06,休息,春节', '第 2 行:“休息”要写成“放假”或“上班”'],
    ['2027-02-05,放假', '第 1 行:缺节日名称'],
    ['2027-02-05~2027-02-01,放假,春节', '第 1 行:2027-02-01 在 2027-02-05 之前'],
    ['2001-01-01~9999-12-31,放假,春节', '第 1 行:2001-01-01 至 9999-12-31 超过 366 天'],
    ['- { day: "2027-02-05", plan: 放假 }', '第 1 行:第 1 项:缺节日名称'],
    [
      'days:\n  - day: 2027-02-05\n    plan: 放假\n    name: 春节\n  - day: 2027-02-30',
      '第 5 行:第 2 项:“2027-02-30”不是日期',
    ],
    ['- *nobody', '里面的引用(以 * 开头)找不到所指的内容'],
    ['- {day: "2027', '第 1 行:不是合格的 YAML 或 JSON'],
    ['关于2027年节假日安排的通知\n一、元旦:1月40日放假', '第 2 行:没有 2027-01-40 这一天'],
    ['\n', '里面没有一天'],
  ])('%j is refused with its place', (text, message) => {
    expect(() => readNotice(text, null)).toThrow(NoticeRefused)
    expect(() => readNotice(text, null)).toThrow(message)
  })
})

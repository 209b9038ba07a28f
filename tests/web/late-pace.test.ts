import { expect, test } from 'vitest'
import { overviewWords as en } from '../../web/src/words/overview.en.ts'
import { overviewWords as zh } from '../../web/src/words/overview.zh-CN.ts'
import { filled } from '../../web/src/words/fill.ts'

test('how late the county will be says later than what', () => {
  const values: Record<string, unknown> = { days: 10, day: '12月15日' }
  const said = [zh, en].map(({ overview }) => filled(overview.expectedLate, (name) => values[name]))
  expect(said).toEqual([
    '▲ 照现在的进度,比截止日 12月15日 晚 10 个工作日',
    '▲ at this pace 10 working days after the due day, 12月15日',
  ])
})

import { z } from 'zod'
import { DAY_PLAN_LABELS, LONGEST_SPAN } from '../../domain/time/calendar-change.ts'
import { coded, day } from './common.ts'
import { effect, expectedCount } from './recounts.ts'

const MOST_LINES = 400
const MOST_OFFICES = 300

const span = z
  .strictObject({
    from: day,
    to: day.optional().describe('不写就是这一天'),
    plan: coded(DAY_PLAN_LABELS).describe('off 放假,work 上班,reset 恢复原安排'),
    name: z.string().trim().max(30).optional().describe('节日名称或事由,例如 春节、汛情'),
  })
  .refine(({ from, to = from }) => to >= from, { path: ['to'], message: '结束在开始之前' })
  .refine(({ plan, name = '' }) => plan === 'reset' || name !== '', {
    path: ['name'],
    message: '请写明节日名称或事由',
  })

export const calendarChangeBody = z
  .strictObject({
    county: z.string().max(200).optional().describe('县局的单位代码;只有一个县时可不写'),
    source: z.string().trim().min(2).max(200).describe('依据,例如 国办发明电〔2026〕1号'),
    days: z.array(span).max(MOST_LINES).optional().describe('要改的日子;空列表只按现在的日历重算'),
    notice: z
      .string()
      .min(1)
      .max(100_000)
      .optional()
      .describe('一份放假通知:通知原文,或每行“2027-02-05~2027-02-11,放假,春节”,或同样字段的 YAML、JSON'),
    year: z.number().int().min(2001).max(2098).optional().describe('通知原文没写年份时,是哪一年'),
    onlyOffices: z
      .array(z.string().max(200))
      .min(1)
      .max(MOST_OFFICES)
      .optional()
      .describe('只用于这些单位(不含下级);不写就是全县'),
    expectedCount,
  })
  .refine(({ days, notice }) => (days === undefined) !== (notice === undefined), {
    path: ['days'],
    message: '请在 days 和 notice 中给出一个',
  })
  .refine(
    ({ days = [] }) =>
      days.every(({ from, to = from }) => Date.parse(to) - Date.parse(from) < LONGEST_SPAN * 86_400_000),
    {
      path: ['days'],
      message: `一行不能超过 ${LONGEST_SPAN} 天`,
    },
  )

export const calendarChange = effect.extend({
  dryRun: z.boolean(),
  days: z
    .array(
      z.object({
        from: day,
        to: day,
        plan: coded(DAY_PLAN_LABELS),
        name: z.string(),
      }),
    )
    .describe('读出的日子'),
  coveredTo: day.describe('之后全县的日历公布到哪一天'),
})

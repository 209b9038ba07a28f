import { z } from 'zod'
import { MAIL_FATE_LABELS } from '../../domain/escalation/mail-fate.ts'
import { UNACCOUNTED_LABELS } from '../../domain/escalation/standing-check.ts'
import { SECTION_LABELS } from '../../domain/people/home-sections.ts'
import { coded, day, instant, officeRef } from './common.ts'
import { obligation } from './obligations.ts'
import { rosterNumbers } from './roster.ts'

const counts = z.object({
  unfinished: z.number().describe('没有办结的全部,含待复核、暂停和没有等级的'),
  ...{ red: z.number(), orange: z.number(), yellow: z.number() },
  noLevel: z.number().describe('没有等级的'),
  ...{ dueToday: z.number(), dueThisWeek: z.number(), overdue: z.number(), overdueRed: z.number() },
  longest: z.number().describe('逾期最长的工作日数'),
  ...{ inReview: z.number(), done: z.number(), doneLate: z.number(), openLate: z.number() },
  onTimeRate: z.number().nullable().describe('按期率,0 到 1;还没有可以判断的为 null'),
  trend: z.array(z.number()).describe('各周末和现在的逾期件数,见 trendAt'),
})
const line = counts.extend({
  office: officeRef,
  place: z.number().nullable().describe('名次,1 最需督办;没有逾期的为 null'),
  tied: z.boolean(),
})
export const overview = z.object({
  now: instant,
  county: officeRef.nullable(),
  wholeCounty: z.boolean().describe('false:件数只含您范围内的事项'),
  trendAt: z.array(instant),
  items: z.array(line).describe('最需督办的在前'),
  total: counts.nullable(),
  rules: z.object({ place: z.string(), onTime: z.string() }).describe('名次和按期率怎样算'),
})

export const burnDown = z.object({
  campaignId: z.string().nullable().describe('还没有行动的为 null,其余为空'),
  dueOn: day.nullable(),
  series: z.array(z.object({ day, open: z.number() })).describe('各工作日日终还没有办结的件数'),
  remaining: z.number(),
  workingDaysLeft: z.number(),
  neededPerDay: z.number().nullable().describe('余下每个工作日要办结几件;没有工作日了为 null'),
  actualPerDay: z.number().describe('最近十个工作日平均每日办结几件'),
  expectedOn: day.nullable().describe('照这个速度哪天清零;看不到的为 null'),
  expectedLate: z.number().nullable().describe('比截止日晚几个工作日'),
})

const shown = z.object({ count: z.number(), items: z.array(obligation).describe('最早到期的几件') })
export const home = z.object({
  sections: z.array(coded(SECTION_LABELS)).describe('按角色依次'),
  mine: shown
    .extend({
      ...{ overdue: z.number(), dueToday: z.number() },
      returned: z.number().describe('其中退回重办的'),
    })
    .nullable(),
  toReview: shown.nullable(),
  late: shown
    .extend({
      byHolder: z.array(
        z.object({
          office: officeRef,
          person: z
            .object({ id: z.string(), name: z.string(), phone: z.string().nullable().describe('单位电话') })
            .nullable()
            .describe('没有分给个人的为 null'),
          count: z.number(),
          longest: z.number().describe('逾期最长的工作日数'),
        }),
      ),
    })
    .nullable(),
})

const part = z.object({
  name: z.string(),
  mode: z.string(),
  state: z.enum(['ready', 'degraded', 'starting', 'building', 'failed']),
  detail: z.string().nullable(),
  attention: z.boolean().describe('能运行,但有事要管理人员处理'),
})
export const standingCheck = z.object({
  state: z.enum(['not-run', 'all-watched', 'watched-again']),
  message: z.string(),
  unwatched: z.number().nullable().describe('上次核查时无人盯的;已重新盯上'),
  calendar: z
    .object({
      coveredTo: z.string().describe('日历公布到哪一天'),
      missingYear: z.number().nullable().describe('还缺哪一年的放假安排;不缺为 null'),
      provisional: z.number().describe('限时是暂定的在办事项'),
      message: z.string(),
    })
    .nullable()
    .describe('九月起缺下一年的放假安排,或有暂定的限时;都没有为 null'),
  roster: z
    .object({ ...rosterNumbers.shape, message: z.string() })
    .nullable()
    .describe('名册上的户都到了没有,看见的范围内;没有名册的为 null。逐户见 GET /v1/roster?reach=unreached'),
  accounts: z
    .array(
      z.object({
        county: z.string(),
        message: z.string(),
        items: z.array(z.object({ code: coded(UNACCOUNTED_LABELS), label: z.string(), count: z.number() })),
      }),
    )
    .describe('还没有交代的,按县;只给看得见全县的人,没有的为空'),
  pendingPokes: z.number().describe('等待引擎处理的变动'),
  parts: z.array(part).describe('有的没有就绪,或您管理系统时,列出各部分'),
  holds: z
    .array(
      z.object({
        county: z.string(),
        reason: z.string(),
        label: z.string(),
        since: instant,
        waiting: z.number(),
        reply: z.string().nullable().describe('邮件服务器的答复;只给能重发的人'),
        mayRetry: z.boolean(),
      }),
    )
    .describe('邮件暂停发出的县'),
  temporalUi: z.string().nullable().describe('定时服务(Temporal)自己的页面,只给管理系统的人;没有的为 null'),
})

export const mailFatesQuery = z.strictObject({
  from: day.optional().describe('批次日期不早于;不写是今天'),
  to: day.optional().describe('批次日期不晚于;不写是今天'),
})
export const mailFates = z.object({
  from: day,
  to: day,
  total: z.number(),
  items: z.array(z.object({ fate: coded(MAIL_FATE_LABELS), label: z.string(), count: z.number() })),
})

import { z } from 'zod'
import { KIND_CODES } from '../../kinds/kinds.ts'
import { codesOf, LEVEL_LABELS, STAGE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { MAIL_FATE_LABELS } from '../../domain/escalation/mail-fate.ts'
import { coded, day, flag, instant, officeFilter, officeRef, pageQuery } from './common.ts'

const moment = z.object({ name: z.string(), label: z.string(), at: instant })

export const deadline = z.object({
  id: z.string(),
  office: officeRef,
  rule: z.string(),
  ruleLabel: z.string(),
  kind: z.enum(KIND_CODES),
  level: z.enum(codesOf(LEVEL_LABELS)).nullable(),
  stage: z.enum(codesOf(STAGE_LABELS)),
  dueAt: instant,
  dueOn: day,
  open: z.number(),
  obligationId: z.string().nullable(),
  watchedUntil: instant.nullable(),
})
export const deadlineDetail = deadline.extend({
  planned: z.array(
    moment.extend({ provisional: z.boolean().describe('当年的放假安排尚未公布,日期可能变动') }),
  ),
  fired: z.array(
    moment.extend({
      firedAt: instant,
      collapsedInto: z.string().nullable(),
      members: z.number(),
      told: z.array(
        z.object({
          person: z.string(),
          kind: z.string(),
          state: z.string(),
          mailId: z.string().nullable(),
          mailState: z.string().nullable(),
        }),
      ),
    }),
  ),
})
export const deadlineQuery = z.strictObject({
  office: officeFilter,
  dueFrom: day.optional().describe('到期日不早于'),
  dueTo: day.optional().describe('到期日不晚于'),
  open: flag.default(true).describe('true:还有事项未办结的;false:都已办结的'),
  ...pageQuery,
})

const mailState = z
  .enum(['queued', 'sending', 'accepted', 'failed', 'archived', 'superseded', 'moot'])
  .describe(
    'queued 待发、sending 正在发、accepted 对方已收下、failed 没有送达或被退回、archived 存档未发、' +
      'superseded 等待期间已由新的一封代替(见 supersededBy)、moot 等待期间各项都已办结,没有再发',
  )

const fate = coded(MAIL_FATE_LABELS)
/** Why somebody was written to, one for each line of the mail. */
export const whySent = z.object({
  what: z.string(),
  because: z.string(),
  at: instant.nullable(),
  kind: z.string().describe('邮件行的种类'),
  moment: z.record(z.string(), z.unknown()).nullable().describe('提醒或督办的节点'),
  office: officeRef.nullable().describe('说的是哪个单位的期限'),
})
export const mail = z.object({
  id: z.string(),
  messageId: z.string(),
  to: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  subject: z.string(),
  state: mailState,
  fate,
  labels: z.object({ fate: z.string() }),
  attempts: z.number(),
  reply: z.string().nullable(),
  refusalAbout: z
    .enum(['us', 'reader', 'mail', 'unclear'])
    .nullable()
    .describe(
      '最近一次拒绝是关于谁的:us 我方或中继、reader 收件人、mail 这封邮件本身、unclear 说不清;没有拒绝过为空',
    ),
  bouncedAt: instant.nullable().describe('对方收下以后又退回的时刻'),
  supersededBy: z.string().nullable().describe('代替这一封的邮件'),
  composedAt: instant,
  settledAt: instant.nullable(),
  roundAt: instant,
})
export const mailDetail = mail.extend({
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
  why: z.array(whySent),
})
export const mailQuery = z.strictObject({
  state: mailState.optional(),
  person: z.string().max(100).optional().describe('人员 id'),
  office: officeFilter.describe('收件人所在单位的代码(见 GET /v1/offices);包含其下级'),
  from: day.optional().describe('批次日期不早于'),
  to: day.optional().describe('批次日期不晚于'),
  ...pageQuery,
})
export const notReached = z.object({
  id: z.string(),
  office: officeRef,
  role: z.string(),
  person: z.string().nullable(),
  reason: z
    .enum(['vacant', 'late-themselves', 'undeliverable', 'deferred'])
    .describe(
      'vacant 岗位空缺、late-themselves 岗上只有逾期者本人、undeliverable 邮件送不到、deferred 对方邮箱迟迟不收,已转告他人,同时继续投递',
    ),
  passedTo: z.string().nullable(),
  at: instant,
})

/** What a relay reports of a mail it took: by its Message-ID, or as the bounce itself. */
export const bounceReport = z
  .strictObject({
    messageId: z.string().min(3).max(998).optional().describe('原邮件的 Message-ID,尖括号可省'),
    recipient: z.string().max(320).optional().describe('退信的收件人'),
    status: z
      .string()
      .regex(/^[245]\.\d{1,3}\.\d{1,3}$/, '应如 5.1.1')
      .optional()
      .describe('增强状态码;4 开头表示还在投递,2 开头表示已送达,都不算退信'),
    text: z.string().max(2000).optional().describe('中继给出的原因'),
    raw: z.string().max(300_000).optional().describe('退信原文(RFC 3464),不拆开'),
  })
  .refine((body) => body.messageId !== undefined || body.raw !== undefined, {
    path: ['messageId'],
    message: '请给出 messageId 或 raw',
  })
export const bounceTaken = z.object({
  mailId: z.string(),
  outcome: z
    .enum(['taken', 'already', 'delayed', 'arrived', 'ignored'])
    .describe(
      'taken 已记下:邮件改为没有送达,并转告他人;already 已经记过;delayed 中继还在投递;arrived 已送达;' +
        'ignored 这封邮件还没有发过,或已经有了结果',
    ),
})
export const retryRequest = z.strictObject({
  county: z.string().max(200).optional().describe('县局的单位代码;只有一个县时可省'),
})
export const resendTaken = z.object({ leavesAt: instant.describe('最早何时发出:上班时间内') })
export const retryTaken = z.object({
  county: z.string(),
  leavesAt: instant.describe('等待的邮件从这时起重发:办公时间内立即,否则下次上班'),
})

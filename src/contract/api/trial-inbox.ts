import { z } from 'zod'
import { instant } from './common.ts'
import { whySent } from './mails.ts'

export const inboxEntry = z.object({
  id: z.string(),
  receivedAt: z.string().describe('收到的实际时刻'),
  from: z.string(),
  to: z.string(),
  reader: z.string().nullable().describe('收信人的单位和姓名;不是提醒和督办的为 null'),
  subject: z.string(),
  messageId: z.string(),
  round: instant.nullable().describe('提醒和督办属于的批次;账号和审计的邮件为 null'),
})
export const inboxQuery = z.strictObject({
  before: z.string().max(200).optional().describe('上一页最后一封的 id'),
})
export const inboxPage = z.object({
  items: z.array(inboxEntry).describe('最新的在前'),
  total: z.number(),
  nextBefore: z.string().nullable().describe('下一页放进 before;没有更早的为 null'),
})
export const inboxMail = inboxEntry.extend({
  text: z.string(),
  hasHtml: z.boolean().describe('有网页正文,见 preview'),
  headers: z.array(z.string()),
  why: z.array(whySent).nullable().describe('为什么发出;没有登录或不能查看邮件的为 null'),
})

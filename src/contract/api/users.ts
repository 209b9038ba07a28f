import { z } from 'zod'
import { codesOf, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { day, instant } from './common.ts'

const role = z.enum(codesOf(ROLE_LABELS))
const term = { from: day.optional(), until: day.optional() }
const inOffice = { office: z.string().min(1).max(200), role }

/** An account as administrators see it: how somebody signs in, never with what. */
export const user = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  active: z.boolean(),
  version: z.number().int(),
  hasPassword: z.boolean(),
  secondFactor: z.boolean().describe('开启了两步验证'),
  lastSignInAt: instant.nullable(),
  roles: z.array(
    z.object({
      office: z.string(),
      role,
      label: z.string(),
      from: day.nullable(),
      until: day.nullable(),
    }),
  ),
})
export const changedUser = user.extend({
  linkMailed: z
    .boolean()
    .nullable()
    .describe('设置密码的链接已发到本人邮箱;false 表示邮件服务器没有收下,请稍后重设;null 表示这次不发'),
})
/** What became of a test mail. `held`: the server refuses what concerns us. `deferred`: not now. */
export const TEST_MAIL_WORDS = {
  accepted: '邮件服务器已收下',
  deferred: '邮件服务器暂时不收,或连不上',
  failed: '邮件服务器拒绝了这位收件人',
  unknown: '没有等到答复,邮件可能已送达',
  held: '邮件服务器拒绝的是我方的登录、发件地址或中继,全部邮件都发不出去',
} as const
export type TestMailFate = keyof typeof TEST_MAIL_WORDS
const testMailFate = z.enum(codesOf(TEST_MAIL_WORDS))
export const testMail = z.object({
  fate: testMailFate.describe(Object.entries(TEST_MAIL_WORDS).flat().join(' ')),
  reply: z.string().describe('邮件服务器的答复'),
  to: z.string(),
  messageId: z.string(),
})
export const newUser = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.string().min(3).max(254),
  ...inOffice,
  ...term,
})
export const userAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('grant-role'), ...inOffice, ...term }),
  z.strictObject({ action: z.literal('take-role'), ...inOffice }),
  z.strictObject({ action: z.literal('disable') }),
  z.strictObject({ action: z.literal('enable') }),
  z.strictObject({ action: z.literal('reset').describe('把重设密码的链接发到本人邮箱') }),
  z.strictObject({ action: z.literal('drop-second-factor').describe('手机丢失时用;并结束全部登录') }),
])
export type UserAction = z.infer<typeof userAction>

import { z } from 'zod'
import { codesOf, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { day, instant } from './common.ts'
import { fileFault, listQuery } from './list-file.ts'

const role = z.enum(codesOf(ROLE_LABELS))
const term = { from: day.optional(), until: day.optional() }
const inOffice = { office: z.string().min(1).max(200), role }

const quietDays = z.array(z.int().min(0).max(6)).max(7)

/** An account as administrators see it: how somebody signs in, never with what. */
export const user = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable().describe('单位电话,印在告知别人去催办的邮件里'),
  quietDays: quietDays.describe('免打扰日,0 周日 至 6 周六:可以等的提醒不在这几天发给他'),
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
/** How a list of people is taken. */
export const peopleFileQuery = z.strictObject(listQuery)
export const peopleFile = z.object({
  read: z.number().describe('读到的行数'),
  good: z.number().describe('没有问题的行数'),
  bad: z.number().describe('有问题的行数'),
  people: z.number().describe('没有问题的行里,要新建账号的人数'),
  known: z.number().describe('没有问题的行里,已经有这个角色的'),
  registered: z.number().nullable().describe('这次新建了几个账号;没有登记的为 null'),
  linksNotSent: z
    .number()
    .nullable()
    .describe('设置密码的链接,邮件服务器没有收下的封数,请稍后重设;没有登记的为 null'),
  faults: z.array(fileFault).describe('有问题的单元格:第几行、哪一列、写的是什么、为什么;最多 500 条'),
})
export const userAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('grant-role'), ...inOffice, ...term }),
  z.strictObject({ action: z.literal('take-role'), ...inOffice }),
  z
    .strictObject({
      action: z.literal('change-contact'),
      name: z.string().max(100).optional(),
      email: z.string().max(254).optional(),
      phone: z.string().max(40).nullable().optional().describe('空的或 null 表示没有'),
      quietDays: quietDays.optional().describe('周一到周五最多四天'),
    })
    .describe('改姓名、邮箱、电话和免打扰日;没有写的不变。改了邮箱,原来的邮箱收到告知'),
  z.strictObject({ action: z.literal('disable') }),
  z.strictObject({ action: z.literal('enable') }),
  z.strictObject({ action: z.literal('reset').describe('把重设密码的链接发到本人邮箱') }),
  z.strictObject({ action: z.literal('drop-second-factor').describe('手机丢失时用;并结束全部登录') }),
])
export type UserAction = z.infer<typeof userAction>

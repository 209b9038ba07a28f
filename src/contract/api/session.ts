import { z } from 'zod'
import { instant } from './common.ts'

const password = z.string().min(1).max(200)
const code = z.string().regex(/^\d{6}$/, '动态口令是 6 位数字')
const trustDevice = z
  .boolean()
  .describe('是本人自己的设备:30 天内不用再登录;12 小时以后,查看户的全部信息和管理类操作要重新登录')

export const signInBody = z.union([
  z.strictObject({
    email: z.string().min(3).max(254),
    password,
    code: code.optional(),
    trustDevice: trustDevice.optional(),
  }),
  z.strictObject({ person: z.string().max(100).describe('只在演示中:以示例人员的身份登录') }),
])
export const signedIn = z.object({ sessionId: z.string(), person: z.string() })
export const passwordSet = z.object({
  sessionId: z.string().nullable().describe('已登录;null 表示开启了两步验证,请再登录一次'),
  person: z.string(),
})

export const session = z.object({
  id: z.string(),
  via: z.enum(['password', 'demo', 'link']),
  address: z.string().nullable(),
  agent: z.string().nullable(),
  createdAt: instant,
  seenAt: instant,
  expiresAt: instant,
  trusted: z.boolean().describe('受信任的设备'),
  current: z.boolean(),
})

export const ownPassword = z.strictObject({ current: password, next: password, code: code.optional() })
export const passwordByLink = z.strictObject({ token: z.string().max(200), password, code: code.optional() })
export const linkToken = z.strictObject({ token: z.string().max(200) })
export const linkState = z.object({
  state: z
    .enum(['open', 'used', 'expired', 'unknown'])
    .describe('open 可以用;used 已用过,或已由新的代替;expired 已过期;unknown 没有发出过'),
  purpose: z
    .enum(['first-password', 'reset'])
    .nullable()
    .describe('first-password 第一次设密码;reset 重设;不能用的为 null'),
  until: instant.nullable().describe('到什么时候有效;不能用的为 null'),
  secondFactor: z.boolean().describe('账号开启了两步验证,要一并填写动态口令才能登录'),
})
export const resetRequest = z.strictObject({ email: z.string().min(3).max(254) })
export const totpSecret = z.object({ secret: z.string(), uri: z.string() })
export const totpCode = z.strictObject({ code })
export const calendarFeed = z.object({
  createdAt: instant.nullable().describe('地址是什么时候生成的;没有订阅的为 null'),
  usedAt: instant.nullable().describe('最近一次被读取,精确到一刻钟;还没有读过的为 null'),
})
export const madeCalendarFeed = z.object({
  url: z.string().describe('订阅地址,只显示这一次'),
  createdAt: instant,
})
export const feedParams = z.object({ token: z.string().max(200).describe('地址中保密的一段') })
export const ownProof = z
  .strictObject({ password, code: code.optional() })
  .describe('再次证明是本人:密码,开启了两步验证的还要动态口令')

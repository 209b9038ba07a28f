import { z } from 'zod'
import { SECTION_LABELS } from '../../domain/people/home-sections.ts'
import { PERMISSIONS } from '../../domain/people/permissions.ts'
import { COUNTY_MAIL_LABELS, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { SHOWN_CLOCK_LABELS } from '../../domain/time/clock.ts'
import { coded, day, instant, officeRef } from './common.ts'
import { absence } from './offices.ts'

const county = z.object({
  code: z.string(),
  name: z.string(),
  mailState: coded(COUNTY_MAIL_LABELS),
  mayOpenMail: z.boolean().describe('邮件还没有开放,而我可以开放'),
})
const account = z.object({
  email: z.string(),
  hasPassword: z.boolean().describe('false:还没有设过密码,例如示例人员'),
  secondFactor: z.boolean().describe('账号开启了两步验证'),
})
const clock = z.object({
  now: instant.describe('业务时刻'),
  today: day.describe('业务日期'),
  shown: coded(SHOWN_CLOCK_LABELS),
})

/** All that the frame of a page needs of whoever has signed in. */
export const me = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['person', 'key']),
  roles: z.array(
    z.object({
      office: officeRef,
      role: coded(ROLE_LABELS),
      label: z.string(),
      behalf: z.string().nullable().describe('代理谁(人员 id);自己的角色为 null'),
    }),
  ),
  permissions: z.array(z.object({ code: coded(PERMISSIONS), label: z.string() })),
  offices: z.array(z.string()).describe('能看到其事项的单位'),
  sessionId: z.string().nullable(),
  secondFactor: z.boolean().describe('本次登录经过了两步验证'),
  secondFactorNeeded: z.boolean().describe('有的权限要在两步验证之后才能使用,而本次登录没有经过它'),
  signInNeeded: z.boolean().describe('受信任的设备上,登录已超过 12 小时:有的权限要重新登录后才能使用'),
  mustSetUpSecondFactor: z.boolean().describe('开启两步验证之前什么也不能做'),
  actingOffices: z.array(officeRef).describe('可以办理或复核其事项的单位'),
  sections: z.array(coded(SECTION_LABELS)).describe('首页的各部分,按角色,依次'),
  counties: z.array(county),
  account: account.nullable().describe('接口密钥没有账号'),
  language: z.enum(['zh-CN']).describe('界面语言'),
  clock,
  demo: z.boolean().describe('演示数据:人和户都是虚构的'),
  trialMail: z.boolean().describe('试用模式:邮件并未真正发出'),
  openInbox: z.boolean().describe('可以查看试用邮箱'),
})

const samplePerson = z.object({
  id: z.string(),
  name: z.string(),
  office: z.string().describe('单位名称'),
  role: coded(ROLE_LABELS),
  label: z.string(),
})
/** What the page for signing in needs to know before anybody has. */
export const signInOptions = z.object({
  counties: z.array(z.string()).describe('在用的县的名称'),
  samplePeople: z.array(samplePerson).describe('示例人员,只在演示中有;登录时把 id 放进 person'),
  demo: z.boolean(),
  trialMail: z.boolean(),
  openInbox: z.boolean().describe('不用登录就可以查看试用邮箱'),
})

export const ownAbsence = z.object({
  today: day,
  version: z.number().describe('登记或撤销时放进 If-Match'),
  absence: absence.nullable().describe('正在或将要离岗'),
  colleagues: z.array(z.object({ id: z.string(), name: z.string() })).describe('可以代理我的同事'),
})

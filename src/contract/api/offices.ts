import { z } from 'zod'
import { COUNTY_MAIL_LABELS, OFFICE_KIND_LABELS, ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { coded, day } from './common.ts'

export const office = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  kind: coded(OFFICE_KIND_LABELS),
  name: z.string(),
  duties: z.array(z.string()),
})
const officeName = z.string().trim().min(2).max(60)
const duties = z.array(z.string().regex(/^[a-z-]{1,40}$/, '承担的写成 supervision 这样的代码')).max(20)

/** An office that an administrator adds. */
export const newOffice = z.strictObject({
  parent: z.string().min(1).max(200).describe('上级单位的代码'),
  shortCode: z
    .string()
    .regex(/^[a-z0-9-]{1,20}$/, '代码用小写字母、数字和短横线,不超过 20 个')
    .describe('接在上级单位代码后面的一段,例如 chengguan;以后不能改'),
  kind: coded(OFFICE_KIND_LABELS).describe('县局下面是 county-centre 或 town,镇下面是 village'),
  name: officeName,
  duties: duties.default([]),
})
export type NewOffice = z.infer<typeof newOffice>
export const officeAction = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('rename'),
    name: officeName,
    seen: z.string().max(60).optional().describe('改之前看到的名称;别人已经改过的,返回 412'),
  }),
  z.strictObject({
    action: z.literal('set-duties'),
    duties,
    seen: duties.describe('改之前看到的;别人已经改过的,返回 412'),
  }),
  z
    .strictObject({ action: z.literal('remove') })
    .describe('只能删除写错的:有人员、事项、视图或下级单位的不能删除'),
])
export type OfficeAction = z.infer<typeof officeAction>

export const county = z.object({
  office: z.string().describe('县局的单位代码'),
  name: z.string(),
  mailState: coded(COUNTY_MAIL_LABELS).describe('preparing 准备中,什么也不发;opening 正在开放;open 已开放'),
})
const personRef = z.object({ id: z.string(), name: z.string() })
export const absence = z.object({
  from: day,
  until: day.nullable().describe('最后一天;null 表示到本人返岗为止'),
  substitute: personRef.nullable(),
  away: z.boolean().describe('今天不在岗'),
  standIn: personRef
    .nullable()
    .describe('今天由谁代理:代理人也不在岗时顺延;null 表示没有人,提醒由上一级收到'),
})
export const newAbsence = z.strictObject({
  from: day,
  until: day.nullable().default(null),
  substitute: z.string().max(100).nullable().default(null).describe('代理人(人员 id),本县的同事'),
})
export const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  active: z.boolean(),
  version: z.number().int(),
  roles: z.array(z.object({ office: z.string(), role: coded(ROLE_LABELS), label: z.string() })),
  absence: absence.nullable().describe('正在或将要离岗'),
})
/** A colleague in the list of them. */
export const colleague = person.extend({
  mayKeepAbsence: z.boolean().describe('我可以登记其离岗和返岗;本人的在“我的账号”登记'),
})

import { z } from 'zod'
import { OUTCOME_OF_ATTEMPT_LABELS } from '../../domain/audit/labels.ts'
import { coded, day, instant, pageQuery } from './common.ts'

const party = z.object({ id: z.string(), name: z.string().nullable() })

export const auditEvent = z.object({
  id: z.string(),
  at: instant,
  county: z.string().nullable(),
  actor: party.describe('人员、接口密钥或程序'),
  behalf: party.nullable().describe('代谁办理'),
  address: z.string().nullable().describe('来自哪个网络地址'),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: coded(OUTCOME_OF_ATTEMPT_LABELS),
  detail: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
  labels: z.object({ action: z.string(), outcome: z.string() }),
})
const block = z.object({ number: z.number(), at: instant })
export const auditChain = z.object({
  sealed: block.nullable().describe('最近封存的一块;还没有封存的为 null'),
  published: block.nullable().describe('摘要最近一次公布的一块;还没有公布的为 null'),
})
export const auditCheck = z.object({
  id: z.string(),
  askedAt: instant,
  askedBy: party.nullable().describe('谁要求的;每天自动做的一次为 null'),
  endedAt: instant.nullable().describe('还在核对的为 null'),
  sound: z.boolean().nullable().describe('全部完好;还在核对的、没有核对成的为 null'),
  faultCount: z.number().nullable().describe('查出多少处问题;还在核对的、没有核对成的为 null'),
  findings: z.array(z.string()).describe('查出的问题,每项一句,最多二百项;只有最近的一次列出'),
})
export const auditQuery = z.strictObject({
  actor: z.string().max(100).optional().describe('人员或接口密钥的 id'),
  subject: z.string().max(100).optional().describe('涉及的事项、人员等的 id'),
  action: z.string().max(200).optional().describe('做了什么:清单中 action 的代码,如 obligation.accept'),
  outcome: coded(OUTCOME_OF_ATTEMPT_LABELS).optional(),
  from: day.optional().describe('不早于(北京时间的日期)'),
  to: day.optional().describe('不晚于(北京时间的日期)'),
  ...pageQuery,
})

import { z } from 'zod'
import { day, officeRef } from './common.ts'
import { obligation } from './obligations.ts'

const REASON = { least: 5, most: 500 }

/** Why somebody has to see a household in the clear; kept with the reveal. */
export const revealRequest = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(REASON.least, `请写明为什么要查看,至少 ${REASON.least} 个字`)
    .max(REASON.most)
    .describe('查看的理由,会记录在案'),
})
export const household = z.object({
  name: z.string(),
  idNo: z.string(),
  phone: z.string(),
  village: z.string(),
  detail: z.string(),
  looksLeft: z.number().int().min(0).describe('这一次之后,您 24 小时内还可以查看几户'),
})

const number = z.string().trim().min(5).max(40)
/** In the body: an address is written into logs on its way. */
export const lookUpRequest = z
  .strictObject({
    idNo: number.optional().describe('身份证号,要完整'),
    phone: number.optional().describe('电话号码,要完整'),
  })
  .refine(({ idNo, phone }) => (idNo === undefined) !== (phone === undefined), {
    path: ['idNo'],
    message: '请给出 idNo 或 phone 中的一个',
  })
export const lookedUp = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  title: z.string(),
  kind: obligation.shape.kind,
  state: obligation.shape.state,
  office: officeRef,
  dueOn: day,
  labels: z.record(z.string(), z.string()),
})

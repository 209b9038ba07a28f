import { z } from 'zod'
import { coded } from './common.ts'
import { revealRequest } from './reveals.ts'

export const PACK_HOUSEHOLD_LABELS = { masked: '已遮盖', clear: '完整' } as const

/** What an inspection pack 迎检资料包 has of households: masked, unless somebody says why not (R14). */
export const packRequest = z
  .strictObject({
    office: z.string().max(200).optional().describe('只要这个单位和它的下级;不写是您看得到的全部'),
    households: coded(PACK_HOUSEHOLD_LABELS)
      .default('masked')
      .describe('户的信息:masked 已遮盖;clear 完整,每户算查看一次,须写明 reason'),
    reason: revealRequest.shape.reason.optional(),
  })
  .refine(({ households, reason }) => households === 'masked' || reason !== undefined, {
    path: ['reason'],
    message: '要户的完整信息,请写明理由 reason',
  })
export type PackRequest = z.infer<typeof packRequest>

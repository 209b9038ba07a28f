import { z } from 'zod'
import { ATTACHMENT_TYPES } from '../../domain/obligation/attachment-types.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { instant } from './common.ts'

export const attachment = z.object({
  id: z.string(),
  name: z.string().nullable().describe('保存期已满的,和不能看办理说明的人,为 null'),
  type: z.enum(codesOf(ATTACHMENT_TYPES)),
  bytes: z.number(),
  uploadedBy: z.object({ id: z.string(), name: z.string() }),
  uploadedAt: instant,
  handedIn: z.boolean().describe('已随提交上报,不能再删除'),
  mayRemove: z.boolean().describe('是您上传的,还没有提交'),
  available: z.boolean().describe('false:保存期已满,内容已经删除'),
  labels: z.record(z.string(), z.string()),
})

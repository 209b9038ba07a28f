import { z } from 'zod'

/** What an undo would do now. */
export const undoPreview = z.object({
  cancelled: z.number().describe('将撤回的事项:还没有人动过'),
  kept: z.number().describe('将保留的事项:已经有人办理'),
  keptIds: z.array(z.string()).describe('其中最先的 100 个预警编号'),
  corrected: z.number().describe('这次导入更正过的以前的预警,至多复原这么多,不在以上两项之内'),
  told: z
    .number()
    .describe('收到过提醒邮件、将在下一封邮件里得知撤回的人数;因更正复原而得知的办理单位不在内'),
})

import { z } from 'zod'

/** What an undo would do now. */
export const undoPreview = z.object({
  cancelled: z.number().describe('将撤回的事项:还没有人动过'),
  kept: z.number().describe('将保留的事项:已经有人办理,或不再只属于这份命中名单'),
  keptIds: z.array(z.string()).describe('其中最先的 100 个预警编号'),
  corrected: z.number().describe('这次导入更正过的以前的预警,至多复原这么多,不在以上两项之内'),
  reopened: z.number().describe('这次导入按平台撤回撤销过、将恢复的事项:承办和期限照旧'),
  stayed: z.number().describe('撤销过而不能恢复的:之后又有人办理、编号已重新登记、或户的资料已删去'),
  told: z
    .number()
    .describe(
      '至多有多少人将在下一封邮件里得知撤回:收到过提醒的,更正复原后等级、乡镇或期限有变的承办人,和恢复办理的承办人;每人只算一次',
    ),
})

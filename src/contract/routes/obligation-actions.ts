import { idParams, problems, secured } from '../api/common.ts'
import { bulkAction, bulkAnswer, bulkQuery } from '../api/bulk-actions.ts'
import { action, actionAnswer } from '../api/obligations.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['事项']

export const actionDocuments = {
  actOnObligation: {
    method: 'POST',
    url: '/obligations/:id/actions',
    config: { permission: 'obligations:act' },
    schema: {
      tags,
      operationId: 'actOnObligation',
      summary: '办理一件事:签收、提交、通过、退回、撤销、重启',
      description:
        '带上 If-Match(读取时得到的 ETag),别人刚改过就不会覆盖。现在不能这样做的回答 409,detail 说明原因。',
      ...secured,
      params: idParams,
      body: action,
      response: { 200: actionAnswer, ...problems },
    },
  },
  actOnObligations: {
    method: 'POST',
    url: '/obligations/actions',
    config: { permission: 'obligations:act' },
    schema: {
      tags,
      operationId: 'actOnObligations',
      summary: '一次办理多件事',
      description:
        '给出 ids,或者 filter 加上您看到的件数 expectedCount。每件各自回答办成与否,一件不成不影响其他。200 件以内当场答复;更多的回答 202,在后台接着办,进度见 run(GET /v1/bulk-runs/{id})。办完 10 分钟内可以整批撤回。带 Idempotency-Key 的,没有收到答复时用同一个键再发:接着原来那一批办,不会另起一批。dryRun=true 只试算前 1000 件。',
      ...secured,
      querystring: bulkQuery,
      body: bulkAction,
      response: { 200: bulkAnswer, 202: bulkAnswer, ...problems },
    },
  },
} satisfies RouteDocuments

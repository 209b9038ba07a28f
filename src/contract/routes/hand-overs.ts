import { z } from 'zod'
import { pageOf, problems, secured } from '../api/common.ts'
import { handOnAnswer, handOnBody, handOver, handOverQuery } from '../api/hand-overs.ts'
import type { RouteDocuments } from './document.ts'

export const handOverDocuments = {
  listHandOvers: {
    method: 'GET',
    url: '/obligations/hand-overs',
    config: { permission: 'obligations:read' },
    schema: {
      tags: ['事项'],
      operationId: 'listHandOvers',
      summary: '移出和移入的事项',
      description: '事项移给了谁、对方怎样答复、占用了几个工作日;新的在前。不含户的信息。',
      ...secured,
      querystring: handOverQuery,
      response: { 200: pageOf(handOver), ...problems },
    },
  },
  handOnOffice: {
    method: 'POST',
    url: '/offices/:code/hand-on',
    config: { permission: 'obligations:manage' },
    schema: {
      tags: ['单位和人员'],
      operationId: 'handOnOffice',
      summary: '把一个单位的工作整体移交',
      description:
        '乡镇合并或改了代码时用。先用 dryRun 列出会移交的,再带上看到的件数办理;一次全部办成,起算日和期限不变。',
      ...secured,
      params: z.object({ code: z.string().max(200).describe('单位代码') }),
      body: handOnBody,
      response: { 200: handOnAnswer, ...problems },
    },
  },
} satisfies RouteDocuments

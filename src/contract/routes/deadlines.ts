import { idParams, pageOf, problems, secured } from '../api/common.ts'
import { deadline, deadlineDetail, deadlineQuery } from '../api/mails.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['时限']

export const deadlineDocuments = {
  listDeadlines: {
    method: 'GET',
    url: '/deadlines',
    config: { permission: 'deadlines:read' },
    schema: {
      tags,
      operationId: 'listDeadlines',
      summary: '正在盯住的期限',
      description:
        '一个期限是一个单位在同一时刻、按同一规则要办结的同一类、同一等级的全部事项;规则要求单独盯的(示例中的红色预警)一件一个。按到期时间排列。',
      ...secured,
      querystring: deadlineQuery,
      response: { 200: pageOf(deadline), ...problems },
    },
  },
  getDeadline: {
    method: 'GET',
    url: '/deadlines/:id',
    config: { permission: 'deadlines:read' },
    schema: {
      tags,
      operationId: 'getDeadline',
      summary: '一个期限的提醒和督办',
      description: '接下来会提醒谁、什么时候;已经发生的,通知了谁、邮件到了没有。',
      ...secured,
      params: idParams,
      response: { 200: deadlineDetail, ...problems },
    },
  },
} satisfies RouteDocuments

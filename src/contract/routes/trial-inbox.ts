import { z } from 'zod'
import { idParams, problems } from '../api/common.ts'
import { inboxMail, inboxPage, inboxQuery } from '../api/trial-inbox.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['邮件']
const config = { permission: 'open' } as const
const OPEN = '只在本机的试用模式中有,不用登录:第一次登录的链接就在这里。没有试用邮箱时回答 404。'

export const trialInboxDocuments = {
  listTrialInbox: {
    method: 'GET',
    url: '/trial-inbox',
    config,
    schema: {
      tags,
      operationId: 'listTrialInbox',
      summary: '试用邮箱',
      description: OPEN,
      querystring: inboxQuery,
      response: { 200: inboxPage, ...problems },
    },
  },
  getTrialMail: {
    method: 'GET',
    url: '/trial-inbox/:id',
    config,
    schema: {
      tags,
      operationId: 'getTrialMail',
      summary: '试用邮箱中的一封',
      description: OPEN,
      params: idParams,
      response: { 200: inboxMail, ...problems },
    },
  },
  previewTrialMail: {
    method: 'GET',
    url: '/trial-inbox/:id/preview',
    config,
    schema: {
      tags,
      operationId: 'previewTrialMail',
      summary: '试用邮箱中一封的网页正文',
      description: '放进 iframe 显示:脚本、表单和外部内容都不能用。',
      produces: ['text/html'],
      params: idParams,
      response: { 200: z.string(), ...problems },
    },
  },
} satisfies RouteDocuments

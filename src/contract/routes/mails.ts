import { z } from 'zod'
import { idParams, pageOf, pageQuery, problems, secured } from '../api/common.ts'
import { mail, mailDetail, mailQuery, notReached } from '../api/mails.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['邮件']

export const mailDocuments = {
  listMails: {
    method: 'GET',
    url: '/mails',
    config: { permission: 'mails:read' },
    schema: {
      tags,
      operationId: 'listMails',
      summary: '发出的邮件',
      description: '最新的在前,附对方邮件服务器的答复。',
      ...secured,
      querystring: mailQuery,
      response: { 200: pageOf(mail), ...problems },
    },
  },
  getMail: {
    method: 'GET',
    url: '/mails/:id',
    config: { permission: 'mails:read' },
    schema: {
      tags,
      operationId: 'getMail',
      summary: '一封邮件',
      description: '正文、邮件头,以及为什么发给这个人。',
      ...secured,
      params: idParams,
      response: { 200: mailDetail, ...problems },
    },
  },
  listNotReached: {
    method: 'GET',
    url: '/not-reached',
    config: { permission: 'mails:read' },
    schema: {
      tags,
      operationId: 'listNotReached',
      summary: '没有通知到的人',
      description: '岗位空缺或邮件退回;passedTo 是改为通知的人。',
      ...secured,
      querystring: z.strictObject(pageQuery),
      response: { 200: pageOf(notReached), ...problems },
    },
  },
} satisfies RouteDocuments

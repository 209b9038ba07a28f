import { z } from 'zod'
import { idParams, pageOf, pageQuery, problems, secured } from '../api/common.ts'
import {
  bounceReport,
  bounceTaken,
  mail,
  mailDetail,
  mailQuery,
  notReached,
  resendTaken,
  retryRequest,
  retryTaken,
} from '../api/mails.ts'
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
  previewMail: {
    method: 'GET',
    url: '/mails/:id/preview',
    config: { permission: 'mails:read' },
    schema: {
      tags,
      operationId: 'previewMail',
      summary: '一封邮件的网页正文',
      description: '放进 iframe 显示:脚本、表单和外部内容都不能用。',
      ...secured,
      produces: ['text/html'],
      params: idParams,
      response: { 200: z.string(), ...problems },
    },
  },
  reportBounce: {
    method: 'POST',
    url: '/mails/bounces',
    config: { permission: 'mails:manage' },
    schema: {
      tags,
      operationId: 'reportBounce',
      summary: '登记退信',
      description:
        '给邮件中继的回调:对方收下以后又退回的邮件改为没有送达,转告下一个人或上一级,并列入没有通知到的人。' +
        '给 Message-ID,或退信原文。重复登记没有影响。',
      ...secured,
      body: bounceReport,
      response: { 200: bounceTaken, ...problems },
    },
  },
  retryMails: {
    method: 'POST',
    url: '/mails/retry',
    config: { permission: 'mails:manage' },
    schema: {
      tags,
      operationId: 'retryMails',
      summary: '立即重发等待的邮件',
      description: '登录、发件地址或中继改好以后用;不按也会在五分钟内自动重试。',
      ...secured,
      body: retryRequest,
      response: { 200: retryTaken, ...problems },
    },
  },
  resendMail: {
    method: 'POST',
    url: '/mails/:id/resend',
    config: { permission: 'mails:resend' },
    schema: {
      tags,
      operationId: 'resendMail',
      summary: '重发一封没有送达的邮件',
      description:
        '地址改好以后用:其中还没有办结的各项重新写成一封,发到这个人现在的邮箱。已送达、正在等待或已由新的一封代替的不能重发。',
      ...secured,
      params: idParams,
      response: { 200: resendTaken, ...problems },
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
      description: '岗位空缺、邮件送不到,或对方邮箱迟迟不收;passedTo 是改为通知的人。',
      ...secured,
      querystring: z.strictObject(pageQuery),
      response: { 200: pageOf(notReached), ...problems },
    },
  },
} satisfies RouteDocuments

import { z } from 'zod'
import { problems, secured } from '../api/common.ts'
import { burnDown, home, mailFates, mailFatesQuery, overview, standingCheck } from '../api/overview.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['总览']

export const overviewDocuments = {
  getHome: {
    method: 'GET',
    url: '/home',
    config: { permission: 'self' },
    schema: {
      tags,
      operationId: 'getHome',
      summary: '首页:我的、待我复核的、逾期的',
      description: '按角色;看不到事项的人各项为 null。',
      ...secured,
      response: { 200: home, ...problems },
    },
  },
  getOverview: {
    method: 'GET',
    url: '/overview',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getOverview',
      summary: '各单位的件数、名次和趋势',
      ...secured,
      response: { 200: overview, ...problems },
    },
  },
  getBurnDown: {
    method: 'GET',
    url: '/burn-down',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getBurnDown',
      summary: '销号进度:要多快、实际多快',
      ...secured,
      querystring: z.strictObject({
        campaign: z.string().max(100).optional().describe('行动的编号;不写是最近的一个'),
      }),
      response: { 200: burnDown, ...problems },
    },
  },
  getStandingCheck: {
    method: 'GET',
    url: '/standing-check',
    config: { permission: 'self' },
    schema: {
      tags,
      operationId: 'getStandingCheck',
      summary: '常态核查:是否件件有人盯',
      ...secured,
      response: { 200: standingCheck, ...problems },
    },
  },
  getMailFates: {
    method: 'GET',
    url: '/mail-fates',
    config: { permission: 'mails:read' },
    schema: {
      tags,
      operationId: 'getMailFates',
      summary: '今天的邮件到了没有',
      description: '各批次的邮件按结果计数。',
      ...secured,
      querystring: mailFatesQuery,
      response: { 200: mailFates, ...problems },
    },
  },
} satisfies RouteDocuments

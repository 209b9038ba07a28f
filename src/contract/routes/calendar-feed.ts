import { z } from 'zod'
import { problems, secured } from '../api/common.ts'
import { calendarFeed, feedParams, madeCalendarFeed, ownProof } from '../api/session.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['登录']
const own = { permission: 'self', sensitive: true } as const

export const calendarFeedDocuments = {
  getMyCalendarFeed: {
    method: 'GET',
    url: '/me/calendar-feed',
    config: own,
    schema: {
      tags,
      operationId: 'getMyCalendarFeed',
      summary: '我的日历订阅',
      ...secured,
      response: { 200: calendarFeed, ...problems },
    },
  },
  makeMyCalendarFeed: {
    method: 'POST',
    url: '/me/calendar-feed',
    config: own,
    schema: {
      tags,
      operationId: 'makeMyCalendarFeed',
      summary: '生成或更换日历订阅地址',
      description: '地址只在这里回答一次;原来的地址立即失效。知道地址的人不用登录就能看到,请不要告诉别人。',
      ...secured,
      body: ownProof,
      response: { 200: madeCalendarFeed, ...problems },
    },
  },
  removeMyCalendarFeed: {
    method: 'DELETE',
    url: '/me/calendar-feed',
    config: own,
    schema: {
      tags,
      operationId: 'removeMyCalendarFeed',
      summary: '停用日历订阅',
      ...secured,
      response: { 204: z.null().describe('已停用'), ...problems },
    },
  },
  readCalendarFeed: {
    method: 'GET',
    url: '/calendar-feeds/:token/duban.ics',
    config: { permission: 'open', sensitive: true },
    schema: {
      tags,
      operationId: 'readCalendarFeed',
      summary: '日历订阅(iCalendar)',
      description:
        '轮到本人的在办事项,按到期日逐件列出,全天(RFC 5545)。由地址识别,不用登录;没有户的任何信息。更换、停用、改密码、由管理员取消两步验证或停用账号以后回答 404。回答带 ETag。',
      produces: ['text/calendar'],
      params: feedParams,
      response: { 200: z.string(), 304: z.null(), ...problems },
    },
  },
} satisfies RouteDocuments

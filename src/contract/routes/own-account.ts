import { allOf, idParams, problems, secured } from '../api/common.ts'
import { ownPassword, ownProof, session } from '../api/session.ts'
import { z } from 'zod'
import type { RouteDocuments } from './document.ts'

const tags = ['登录']
const done = z.null().describe('完成')
const config = { permission: 'self', sensitive: true } as const

export const ownAccountDocuments = {
  listMySessions: {
    method: 'GET',
    url: '/me/sessions',
    config,
    schema: {
      tags,
      operationId: 'listMySessions',
      summary: '我在哪些地方登录着',
      ...secured,
      response: { 200: allOf(session), ...problems },
    },
  },
  endMySession: {
    method: 'DELETE',
    url: '/me/sessions/:id',
    config,
    schema: {
      tags,
      operationId: 'endMySession',
      summary: '结束我的一处登录',
      ...secured,
      params: idParams,
      body: ownProof,
      response: { 204: done, ...problems },
    },
  },
  endMyOtherSessions: {
    method: 'DELETE',
    url: '/me/sessions',
    config,
    schema: {
      tags,
      operationId: 'endMyOtherSessions',
      summary: '结束我的其他登录',
      description: '结束除本次以外的全部登录。',
      ...secured,
      body: ownProof,
      response: { 204: done, ...problems },
    },
  },
  changeMyPassword: {
    method: 'POST',
    url: '/me/password',
    config,
    schema: {
      tags,
      operationId: 'changeMyPassword',
      summary: '修改我的密码',
      description: '其他登录随之结束。',
      ...secured,
      body: ownPassword,
      response: { 204: done, ...problems },
    },
  },
} satisfies RouteDocuments

import { secured, problems } from '../api/common.ts'
import { me, passwordByLink, passwordSet, resetRequest, signedIn, signInBody } from '../api/session.ts'
import { z } from 'zod'
import type { RouteDocuments } from './document.ts'

const tags = ['登录']
const done = z.null().describe('完成')

export const sessionDocuments = {
  signIn: {
    method: 'POST',
    url: '/session',
    config: { permission: 'open', sensitive: true },
    schema: {
      tags,
      operationId: 'signIn',
      summary: '登录',
      description: '登录后由 Cookie 识别;开启了两步验证的要带上动态口令 code。程序请用接口密钥,不用登录。',
      body: signInBody,
      response: { 200: signedIn, ...problems },
    },
  },
  signOut: {
    method: 'DELETE',
    url: '/session',
    config: { permission: 'self' },
    schema: {
      tags,
      operationId: 'signOut',
      summary: '退出登录',
      ...secured,
      response: { 204: done, ...problems },
    },
  },
  getMe: {
    method: 'GET',
    url: '/me',
    config: { permission: 'self' },
    schema: {
      tags,
      operationId: 'getMe',
      summary: '我是谁、能做什么、看得到哪些单位',
      ...secured,
      response: { 200: me, ...problems },
    },
  },
  requestPasswordReset: {
    method: 'POST',
    url: '/password-resets',
    config: { permission: 'open', sensitive: true },
    schema: {
      tags,
      operationId: 'requestPasswordReset',
      summary: '申请重设密码',
      description: '无论邮箱是否登记过,都回答 202。',
      body: resetRequest,
      response: { 202: done, ...problems },
    },
  },
  setPasswordByLink: {
    method: 'POST',
    url: '/passwords',
    config: { permission: 'open', sensitive: true },
    schema: {
      tags,
      operationId: 'setPasswordByLink',
      summary: '用邮件中的链接设置密码',
      body: passwordByLink,
      response: { 200: passwordSet, ...problems },
    },
  },
} satisfies RouteDocuments

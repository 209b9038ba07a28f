import { secured, problems } from '../api/common.ts'
import { me, ownAbsence, signInOptions } from '../api/own-session.ts'
import {
  linkState,
  linkToken,
  passwordByLink,
  passwordSet,
  resetRequest,
  signedIn,
  signInBody,
} from '../api/session.ts'
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
  getSignInOptions: {
    method: 'GET',
    url: '/sign-in',
    config: { permission: 'open' },
    schema: {
      tags,
      operationId: 'getSignInOptions',
      summary: '登录页要知道的',
      description: '是不是演示、有哪些示例人员、邮件是否真正发出;不用登录。',
      response: { 200: signInOptions, ...problems },
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
      description: '页面框架要的都在这里:角色、权限、县、业务时间、演示和试用、两步验证。',
      ...secured,
      response: { 200: me, ...problems },
    },
  },
  getMyAbsence: {
    method: 'GET',
    url: '/me/absence',
    config: { permission: 'self' },
    schema: {
      tags,
      operationId: 'getMyAbsence',
      summary: '我的离岗,以及谁可以代理我',
      ...secured,
      response: { 200: ownAbsence, ...problems },
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
  checkPasswordLink: {
    method: 'POST',
    url: '/password-links',
    config: { permission: 'open', sensitive: true },
    schema: {
      tags,
      operationId: 'checkPasswordLink',
      summary: '查看邮件中的链接还能不能用',
      description: '只说链接本身:查看不算使用,回答中没有姓名和邮箱。',
      body: linkToken,
      response: { 200: linkState, ...problems },
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

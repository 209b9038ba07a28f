import { secured, problems } from '../api/common.ts'
import { ownProof, totpCode, totpSecret } from '../api/session.ts'
import { z } from 'zod'
import type { RouteDocuments } from './document.ts'

const tags = ['登录']
const done = z.null().describe('完成')
const config = { permission: 'self', sensitive: true } as const

export const secondFactorDocuments = {
  beginSecondFactor: {
    method: 'POST',
    url: '/me/totp',
    config,
    schema: {
      tags,
      operationId: 'beginSecondFactor',
      summary: '开启两步验证:取得密钥',
      description: '把 uri 做成二维码用验证应用扫描,再用 confirm 确认;确认之前不生效。',
      ...secured,
      body: ownProof,
      response: { 200: totpSecret, ...problems },
    },
  },
  confirmSecondFactor: {
    method: 'POST',
    url: '/me/totp/confirm',
    config,
    schema: {
      tags,
      operationId: 'confirmSecondFactor',
      summary: '开启两步验证:用动态口令确认',
      description: '其他登录随之结束。',
      ...secured,
      body: totpCode,
      response: { 204: done, ...problems },
    },
  },
  removeSecondFactor: {
    method: 'DELETE',
    url: '/me/totp',
    config,
    schema: {
      tags,
      operationId: 'removeSecondFactor',
      summary: '关闭两步验证',
      ...secured,
      body: ownProof,
      response: { 204: done, ...problems },
    },
  },
} satisfies RouteDocuments

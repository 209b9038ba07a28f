import { z } from 'zod'
import { allOf, idParams, problems, secured } from '../api/common.ts'
import { apiKey, madeApiKey, newApiKey } from '../api/keys.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['接口密钥']

export const apiKeyDocuments = {
  listApiKeys: {
    method: 'GET',
    url: '/api-keys',
    config: { permission: 'keys:manage' },
    schema: {
      tags,
      operationId: 'listApiKeys',
      summary: '接口密钥清单',
      description: '密钥本身不会再显示。',
      ...secured,
      response: { 200: allOf(apiKey), ...problems },
    },
  },
  createApiKey: {
    method: 'POST',
    url: '/api-keys',
    config: { permission: 'keys:manage', sensitive: true },
    schema: {
      tags,
      operationId: 'createApiKey',
      summary: '新建接口密钥',
      description: '给看板等程序只读使用;token 只显示这一次。',
      ...secured,
      body: newApiKey,
      response: { 201: madeApiKey, ...problems },
    },
  },
  revokeApiKey: {
    method: 'DELETE',
    url: '/api-keys/:id',
    config: { permission: 'keys:manage' },
    schema: {
      tags,
      operationId: 'revokeApiKey',
      summary: '停用接口密钥',
      description: '立即失效,不能恢复。',
      ...secured,
      params: idParams,
      response: { 204: z.null(), ...problems },
    },
  },
} satisfies RouteDocuments

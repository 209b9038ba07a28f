import { z } from 'zod'
import { allOf, idParams, pageOf, problems, secured } from '../api/common.ts'
import { obligationReceipt } from '../api/limits.ts'
import { newObligation } from '../api/new-obligation.ts'
import { historyEntry, obligation, obligationDetail } from '../api/obligations.ts'
import { obligationQuery } from '../api/obligation-filter.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['事项']

export const obligationDocuments = {
  listObligations: {
    method: 'GET',
    url: '/obligations',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'listObligations',
      summary: '查询督办事项',
      description: '各项条件同时满足。户的姓名、证件号、电话是脱敏的。',
      ...secured,
      querystring: obligationQuery,
      response: { 200: pageOf(obligation), ...problems },
    },
  },
  createObligation: {
    method: 'POST',
    url: '/obligations',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'createObligation',
      summary: '登记一件事',
      ...secured,
      description: '登记自己发现的困难户(主动发现)或临时交办的工作。',
      body: newObligation,
      response: { 201: obligationDetail, ...problems },
    },
  },
  getObligation: {
    method: 'GET',
    url: '/obligations/:id',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getObligation',
      summary: '一件事',
      ...secured,
      params: idParams,
      response: { 200: obligationDetail, 304: z.null(), ...problems },
    },
  },
  getObligationReceipt: {
    method: 'GET',
    url: '/obligations/:id/receipt',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getObligationReceipt',
      summary: '到期日是怎样一天天数出来的',
      ...secured,
      params: idParams,
      response: { 200: obligationReceipt, ...problems },
    },
  },
  getObligationHistory: {
    method: 'GET',
    url: '/obligations/:id/history',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getObligationHistory',
      summary: '一件事的经过',
      description: '从登记起,谁在什么时候做了什么。',
      ...secured,
      params: idParams,
      response: { 200: allOf(historyEntry), ...problems },
    },
  },
} satisfies RouteDocuments

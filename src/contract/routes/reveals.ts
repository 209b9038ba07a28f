import { allOf, idParams, problems, secured } from '../api/common.ts'
import { household, lookedUp, lookUpRequest, revealRequest } from '../api/reveals.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['事项']
const config = { permission: 'households:reveal', sensitive: true } as const

export const revealDocuments = {
  revealHousehold: {
    method: 'POST',
    url: '/obligations/:id/reveal',
    config,
    schema: {
      tags,
      operationId: 'revealHousehold',
      summary: '查看户的完整信息',
      ...secured,
      description: '查看户的完整信息。须说明理由;每次都计数并记入审计,每人每 24 小时有上限。',
      params: idParams,
      body: revealRequest,
      response: { 200: household, ...problems },
    },
  },
  lookUpHouseholds: {
    method: 'POST',
    url: '/obligations/lookup',
    config,
    schema: {
      tags,
      operationId: 'lookUpHouseholds',
      summary: '按证件号或电话查找事项',
      ...secured,
      description: '按完整的身份证号或电话号码查找范围内的事项。查找记入审计,所查的号码不留存。',
      body: lookUpRequest,
      response: { 200: allOf(lookedUp), ...problems },
    },
  },
} satisfies RouteDocuments

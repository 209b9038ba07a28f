import { county } from '../api/offices.ts'
import { allOf, idParams, problems, secured } from '../api/common.ts'
import type { RouteDocuments } from './document.ts'

export const countyDocuments = {
  listCounties: {
    method: 'GET',
    url: '/counties',
    config: { permission: 'directory:read' },
    schema: {
      tags: ['单位和人员'],
      operationId: 'listCounties',
      summary: '县',
      description: '您范围内的县,以及邮件是否已经开放。',
      ...secured,
      response: { 200: allOf(county), ...problems },
    },
  },
  openMail: {
    method: 'POST',
    url: '/counties/:id/mail/open',
    config: { permission: 'mail:open' },
    schema: {
      tags: ['邮件'],
      operationId: 'openMail',
      summary: '开放一个县的邮件',
      description:
        '准备期间什么邮件也不发;开放以后,积下的每人并成一封,随下一批发出。开放后不能再收回。`id` 是县局的单位代码。',
      ...secured,
      params: idParams,
      response: { 200: county, ...problems },
    },
  },
} satisfies RouteDocuments

import { allOf, problems, secured } from '../api/common.ts'
import { office } from '../api/offices.ts'
import type { RouteDocuments } from './document.ts'

export const officeDocuments = {
  listOffices: {
    method: 'GET',
    url: '/offices',
    config: { permission: 'directory:read' },
    schema: {
      tags: ['单位和人员'],
      operationId: 'listOffices',
      summary: '单位',
      description: '单位代码在这里查;parent 是上级单位。',
      ...secured,
      response: { 200: allOf(office), ...problems },
    },
  },
} satisfies RouteDocuments

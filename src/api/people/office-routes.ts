import { allOf, problems, secured } from '../../contract/api/common.ts'
import { office } from '../../contract/api/offices.ts'
import { allOffices } from '../../services/people/offices.ts'
import type { Routes } from '../http/route-types.ts'

export function officeRoutes(app: Routes): void {
  app.get(
    '/offices',
    {
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
    async ({ db }) => ({ items: await allOffices(db), nextCursor: null }),
  )
}

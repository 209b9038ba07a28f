import type { z } from 'zod'
import { allOf, problems, secured } from '../../contract/api/common.ts'
import { office, person } from '../../contract/api/offices.ts'
import { allOffices, allRoleHoldings } from '../../db/office-store.ts'
import { ROLE_LABELS } from '../../domain/words.ts'
import type { Routes } from './types.ts'

export function officeRoutes(app: Routes): void {
  const tags = ['单位和人员']
  app.get(
    '/offices',
    {
      config: { permission: 'directory:read' },
      schema: {
        tags,
        operationId: 'listOffices',
        summary: '单位',
        description: '单位代码在这里查;parent 是上级单位。',
        ...secured,
        response: { 200: allOf(office), ...problems },
      },
    },
    async ({ db }) => ({ items: await allOffices(db), nextCursor: null }),
  )

  app.get(
    '/people',
    {
      config: { permission: 'directory:read' },
      schema: {
        tags,
        operationId: 'listPeople',
        summary: '人员和角色',
        ...secured,
        response: { 200: allOf(person), ...problems },
      },
    },
    async ({ db }) => {
      const people = new Map<string, z.infer<typeof person>>()
      for (const h of await allRoleHoldings(db)) {
        const { personId: id, name, email, active } = h
        const known = people.get(id) ?? { id, name, email, active, roles: [] }
        known.roles.push({ office: h.office, role: h.role, label: ROLE_LABELS[h.role] })
        people.set(id, known)
      }
      return { items: [...people.values()], nextCursor: null }
    },
  )
}

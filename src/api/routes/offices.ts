import type { z } from 'zod'
import { allOf, problems, secured } from '../../contract/api/common.ts'
import { office, person } from '../../contract/api/offices.ts'
import { allOffices, allRoleHoldings } from '../../db/office-store.ts'
import { ROLE_LABELS } from '../../domain/words.ts'
import type { ApiDeps } from '../deps.ts'
import type { Routes } from './types.ts'

export function officeRoutes(app: Routes, { pool }: ApiDeps): void {
  const tags = ['单位和人员']
  app.get(
    '/offices',
    { schema: { tags, ...secured, response: { 200: allOf(office), ...problems } } },
    async () => ({ items: await allOffices(pool), nextCursor: null }),
  )

  app.get(
    '/people',
    { schema: { tags, ...secured, response: { 200: allOf(person), ...problems } } },
    async () => {
      const people = new Map<string, z.infer<typeof person>>()
      for (const h of await allRoleHoldings(pool)) {
        const { personId: id, name, email, active } = h
        const known = people.get(id) ?? { id, name, email, active, roles: [] }
        known.roles.push({ office: h.office, role: h.role, label: ROLE_LABELS[h.role] })
        people.set(id, known)
      }
      return { items: [...people.values()], nextCursor: null }
    },
  )
}

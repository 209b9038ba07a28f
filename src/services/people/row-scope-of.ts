import type { Actor } from '../../domain/people/permissions.ts'
import type { ScopeContext } from '../../db/row-scope.ts'

/** What row-level security is told of whoever acts. */
export function rowScopeOf({ id, permissions, scope }: Actor): ScopeContext {
  const offices = permissions.has('obligations:read') ? scope.offices : []
  return { person: id, offices, counties: scope.counties, audit: permissions.has('audit:read') }
}

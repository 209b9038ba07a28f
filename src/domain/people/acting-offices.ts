import { type Actor, ROLE_PERMISSIONS } from './permissions.ts'

/** The offices where somebody may act or review, also in an absent colleague's place. An API key has none. */
export function actingOffices({ usableRoles }: Pick<Actor, 'usableRoles'>): string[] {
  const acting = usableRoles.filter(({ role }) =>
    ROLE_PERMISSIONS[role].some((right) => right === 'obligations:act' || right === 'obligations:review'),
  )
  return [...new Set(acting.map(({ office }) => office))]
}

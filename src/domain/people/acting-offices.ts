import { type Actor, ROLE_PERMISSIONS } from './permissions.ts'

/** The offices whose turn is theirs to take: where they act or review, also in an absent colleague's place. A key has none. */
export function actingOffices({ usableRoles }: Pick<Actor, 'usableRoles'>): string[] {
  const acting = usableRoles.filter(({ role }) =>
    ROLE_PERMISSIONS[role].some((right) => right === 'obligations:act' || right === 'obligations:review'),
  )
  return [...new Set(acting.map(({ office }) => office))]
}

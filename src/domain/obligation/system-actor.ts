import type { Actor } from '../people/permissions.ts'
import { ACTIONS } from './actions.ts'

/**
 * Who acts when nobody signed in does: the officers of a demonstration. It may do every action anywhere, like a key.
 * @param id stands in the history as who did it
 */
export function systemActor(id: string): Actor {
  return {
    kind: 'key',
    id,
    name: id,
    sessionId: null,
    heldRoles: [],
    usableRoles: [],
    permissions: new Set(Object.values(ACTIONS).map(({ permission }) => permission)),
    personal: false,
    scope: { offices: [], counties: [] },
    everywhere: true,
    secondFactor: false,
  }
}

import type { OfficeKind, Role } from '../obligation/vocabulary.ts'
import type { Audience } from './audience.ts'
import type { Rule, Rung, RungPeople } from './policy.ts'

/** Whom a rung tells: its roles, whoever is late, and those who get a copy. */
export function audiencesOf({ roles, whom, cc = [] }: RungPeople, rung: number): Audience[] {
  const copied = cc.filter((who) => who !== 'performer')
  return [
    { to: 'rung', rung, roles, ...(whom === 'first' ? { whom } : {}) },
    ...(cc.includes('performer') ? [{ to: 'holder' } as const] : []),
    ...copied.map((role): Audience => ({ to: 'copy', rung, roles: [role] })),
  ]
}

/** A repeat stands on the rung of its roles, so that a vacant one passes on to the rung above it, not to nobody. */
export function rungOf(roles: Role[], rungs: Rung[]): number {
  const found = rungs.findIndex((rung) => rung.roles.join() === roles.join())
  return found === -1 ? rungs.length + 1 : found + 1
}

/** The rungs that apply: a centre has no town head. */
export function rungsFor(rule: Rule, officeKind: OfficeKind): Rung[] {
  return rule.ladder.filter((rung) => rung.onlyFor === undefined || rung.onlyFor.includes(officeKind))
}

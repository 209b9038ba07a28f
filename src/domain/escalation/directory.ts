import { effectiveHolder, type Colleague, type Colleagues, type Held } from '../people/absence.ts'
import { dayOf, type Instant } from '../time/days.ts'
import type { Audience } from './audience.ts'
import type { OfficeKind, Role } from '../obligation/vocabulary.ts'

export type DirectoryOffice = { code: string; parent: string | null; kind: OfficeKind }
/** A role somebody holds, with what is known of them. */
export type DirectoryHolding = Held & Omit<Colleague, 'id'> & { role: Role }
export type Directory = {
  offices: Map<string, DirectoryOffice>
  holdings: DirectoryHolding[]
  colleagues: Colleagues
}

/** @param beyond substitutes who hold no role here themselves */
export function makeDirectory(
  offices: readonly DirectoryOffice[],
  holdings: readonly DirectoryHolding[],
  beyond: readonly Colleague[] = [],
): Directory {
  const holders = holdings.map(({ personId, ...holder }) => ({ ...holder, id: personId }))
  const colleagues = new Map<string, Colleague>([...beyond, ...holders].map((c) => [c.id, c]))
  return { offices: new Map(offices.map((o) => [o.code, o])), holdings: [...holdings], colleagues }
}

/** Who is there for an audience today, substitutes in their place; nobody where a rung is vacant. */
export function peopleFor(
  audience: Audience,
  held: { office: string; person: string | null },
  directory: Directory,
  now: Instant,
): string[] {
  if (audience.to !== 'holder')
    return distinct(audience.roles.flatMap((role) => upwards(role, held.office, directory, now)))
  const named = standingFor(held, directory, now)
  return named.length > 0 ? named : officersOf(held.office, directory, now)
}

/**
 * Whoever an obligation names, or their substitute; nobody once the one named has no role in that office any more, neither of
 * their own nor in another's place.
 */
function standingFor(
  { office, person }: { office: string; person: string | null },
  { holdings, colleagues }: Directory,
  now: Instant,
): string[] {
  const there = holdings.filter((h) => h.office === office)
  return distinct(
    there.flatMap((h) => {
      const carrier = effectiveHolder(h, colleagues, dayOf(now))
      return carrier !== null && (h.personId === person || carrier === person) ? [carrier] : []
    }),
  )
}

/** Whose job an office's obligations are, by the kind of office. */
export const OFFICERS: Record<OfficeKind, Role[]> = {
  province: [],
  city: [],
  'county-bureau': ['bureau-leader'],
  'county-centre': ['relief-centre', 'verification-centre'],
  town: ['town-officer'],
  village: ['town-officer'],
}

function officersOf(office: string, directory: Directory, now: Instant): string[] {
  const roles = OFFICERS[officeKindOf(office, directory)]
  return distinct(roles.flatMap((role) => holders(role, [office], directory, now)))
}

/** A role is looked for in the office, then in each ancestor and that ancestor's centres: the nearest level that has it. */
function upwards(role: Role, office: string, directory: Directory, now: Instant): string[] {
  for (let at: string | null = office; at !== null; at = directory.offices.get(at)?.parent ?? null) {
    const centres = [...directory.offices.values()].filter(
      (o) => o.kind === 'county-centre' && o.parent === at,
    )
    const level = at === office ? [at] : [at, ...centres.map((c) => c.code)]
    const found = holders(role, level, directory, now)
    if (found.length > 0) return found
  }
  return []
}

/** Who carries out a role in one of these offices: who is away is stood in for, who has left is not there. */
export function holders(
  role: Role,
  offices: readonly string[],
  { holdings, colleagues }: Directory,
  now: Instant,
): string[] {
  const held = holdings.filter((h) => h.role === role && offices.includes(h.office))
  return distinct(held.flatMap((h) => effectiveHolder(h, colleagues, dayOf(now)) ?? []))
}

/** @throws RangeError for an office that is not in the directory */
export function officeKindOf(office: string, directory: Directory): OfficeKind {
  const known = directory.offices.get(office)
  if (known === undefined) throw new RangeError(`no office ${office}`)
  return known.kind
}

function distinct<T>(list: T[]): T[] {
  return [...new Set(list)]
}

import { type Day, dayOf, type Instant } from './days.ts'
import type { Audience } from './moments.ts'
import type { OfficeKind, Role } from './words.ts'

export type DirectoryOffice = { code: string; parent: string | null; kind: OfficeKind }
export type DirectoryHolding = {
  personId: string
  office: string
  role: Role
  active: boolean
  validFrom: string | null
  validUntil: string | null
  absentFrom: string | null
  absentUntil: string | null
  substitute: string | null
}
export type Directory = { offices: Map<string, DirectoryOffice>; holdings: DirectoryHolding[] }
export function makeDirectory(
  offices: readonly DirectoryOffice[],
  holdings: readonly DirectoryHolding[],
): Directory {
  return { offices: new Map(offices.map((o) => [o.code, o])), holdings: [...holdings] }
}

/** Who is there for an audience today, substitutes in their place; nobody where a rung is vacant. */
export function peopleFor(
  audience: Audience,
  held: { office: string; person: string | null },
  directory: Directory,
  now: Instant,
): string[] {
  if (audience.to === 'rung')
    return distinct(audience.roles.flatMap((role) => upwards(role, held.office, directory, now)))
  const named = held.person === null ? [] : present([held.person], directory, now)
  return named.length > 0 ? named : officersOf(held.office, directory, now)
}

/** Whose job an office's matters are, by the kind of office. */
const OFFICERS: Record<OfficeKind, Role[]> = {
  province: [],
  city: [],
  'county-bureau': ['bureau-leader'],
  'county-centre': ['relief-centre', 'verification-centre'],
  town: ['town-officer'],
  village: ['town-officer'],
}

function officersOf(office: string, directory: Directory, now: Instant): string[] {
  const roles = OFFICERS[kindOf(office, directory)]
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

function holders(role: Role, offices: string[], directory: Directory, now: Instant): string[] {
  const today = dayOf(now)
  const held = directory.holdings.filter(
    (h) =>
      h.role === role &&
      offices.includes(h.office) &&
      (h.validFrom === null || h.validFrom <= today) &&
      (h.validUntil === null || h.validUntil >= today),
  )
  return present(distinct(held.map((h) => h.personId)), directory, now)
}

/** Who is away is stood in for; who has left, or is away with nobody standing in, is not there. */
function present(people: string[], directory: Directory, now: Instant): string[] {
  return distinct(people.flatMap((id) => standIn(id, directory, dayOf(now)) ?? []))
}

/** A substitute may be away too: theirs stands in then. `asked` ends a circle of substitutes. */
function standIn(id: string, directory: Directory, today: Day, asked: string[] = []): string | null {
  const holding = directory.holdings.find((h) => h.personId === id)
  if (!holding) return id
  if (!holding.active || asked.includes(id)) return null
  if (!isAbsent(holding, today)) return id
  return holding.substitute === null ? null : standIn(holding.substitute, directory, today, [...asked, id])
}

function isAbsent({ absentFrom, absentUntil }: DirectoryHolding, today: Day): boolean {
  if (absentFrom === null && absentUntil === null) return false
  return (absentFrom ?? today) <= today && (absentUntil ?? today) >= today
}

export function kindOf(office: string, directory: Directory): OfficeKind {
  return directory.offices.get(office)?.kind ?? 'town'
}

function distinct<T>(list: T[]): T[] {
  return [...new Set(list)]
}

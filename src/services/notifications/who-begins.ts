import { type OpenGroup, ownStanding, reviewStanding } from '../../domain/obligation/standing.ts'
import type { Beginning, Begun, Reviewers } from '../../mail/digest-types.ts'
import type { ItemFacts } from './digest-entries.ts'
import { isTheirs } from './reader-standing.ts'
import type { Reader } from './readers.ts'

export type Sharer = Pick<Reader, 'id' | 'works' | 'heads' | 'coversFor'>

/** Who shares the work of each office: those who do it, and the heads who press it. */
export type Sharers = {
  readers: ReadonlyMap<string, Reader>
  officers: ReadonlyMap<string, readonly string[]>
  heads: ReadonlyMap<string, readonly string[]>
}
type Held = { office: string; person: string | null }

/**
 * The colleague who begins with something before the reader, as `whom: first` would tell: the order of their ids. Null where the
 * reader begins. What names a person is theirs alone to do; whoever only heads the office shares the pressing with its other heads.
 */
export function beginsBefore(reader: Sharer, held: Held, sharers: Sharers): string | null {
  const first = firstBefore(reader, held, sharers)
  return first === null ? null : nameOf(first, sharers)
}

/** Their id. */
function firstBefore(reader: Sharer, held: Held, sharers: Sharers): string | null {
  const [first] = [...sharingOf(reader, held, sharers)].sort()
  return first === undefined || first === reader.id ? null : first
}

/** The same with whoever shares it besides; two of one name are two. */
export function beginningOf(reader: Sharer, held: Held, sharers: Sharers): Beginning {
  const first = firstBefore(reader, held, sharers)
  const apart = new Set([reader.id, ...(first === null ? [] : [first])])
  return {
    begins: first === null ? null : nameOf(first, sharers),
    shares: namesBut(apart, sharingOf(reader, held, sharers), sharers),
  }
}

/** Of all but those, in the order in which they begin. */
function namesBut(apart: ReadonlySet<string>, people: readonly string[], sharers: Sharers): string[] {
  return [...people].sort().flatMap((id) => (apart.has(id) ? [] : nameOf(id, sharers)))
}

function nameOf(id: string, { readers }: Sharers): string {
  return readers.get(id)?.name ?? id
}

/** Nobody where it is the reader's alone. */
function sharingOf(
  { id, works }: Sharer,
  { office, person }: Held,
  { officers, heads }: Sharers,
): readonly string[] {
  const does = works.has(office)
  if (does && person !== null) return []
  const officersOf = officers.get(office) ?? []
  // Whoever is late with it themselves does not press it.
  const sharing = does ? officersOf : (heads.get(office) ?? []).filter((head) => !officersOf.includes(head))
  return sharing.includes(id) ? sharing : []
}

type Groups = ItemFacts & Sharers & { groups: readonly OpenGroup[] }

/** Who shares what waits for the reader's review, and what of it the reader begins with where others begin with the rest. */
export function reviewersOf(reader: Sharer, facts: Groups): Reviewers {
  const waiting = facts.groups.filter(
    (g) => g.stage === 'review' && isTheirs(reader, g.holderOffice, g.holderPerson),
  )
  const heldOf = (g: OpenGroup) => ({ office: g.holderOffice, person: g.holderPerson })
  const before = (g: OpenGroup) => firstBefore(reader, heldOf(g), facts)
  const firsts = [...new Set(waiting.flatMap((g) => before(g) ?? []))]
  const sharing = new Set(waiting.flatMap((g) => sharingOf(reader, heldOf(g), facts)))
  const own = firsts.length === 0 ? null : reviewStanding(waiting, (g) => before(g) === null, facts)
  return {
    names: namesBut(new Set([reader.id, ...firsts]), [...sharing], facts),
    firsts: firsts.map((id) => nameOf(id, facts)),
    own: own && own.waiting > 0 ? own : null,
  }
}

/** How much of what falls due the reader begins with, counted over all of it; null where no colleague begins with any. */
export function begunOf(reader: Sharer, facts: Groups): Begun | null {
  const isHeld = (g: OpenGroup) => isTheirs(reader, g.holderOffice, g.holderPerson)
  const isBegun = (g: OpenGroup) =>
    isHeld(g) && beginsBefore(reader, { office: g.holderOffice, person: g.holderPerson }, facts) === null
  const of = (holds: (g: OpenGroup) => boolean) =>
    ownStanding(facts.groups, { holds, handedIn: () => false }, facts)
  const [all, own] = [of(isHeld), of(isBegun)]
  const isAll = all.dueToday === own.dueToday && all.dueSoon === own.dueSoon
  return isAll ? null : { dueToday: own.dueToday, dueSoon: own.dueSoon }
}

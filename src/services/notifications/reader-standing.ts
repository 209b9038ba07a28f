import {
  type AtInstant,
  countyStanding,
  type OpenGroup,
  ownStanding,
  type OwnStanding,
  reviewStanding,
} from '../../domain/obligation/standing.ts'
import type { DigestStanding, LateBefore } from '../../mail/digest-types.ts'
import type { OfficeNames, Reader } from './readers.ts'

export type Before = {
  lateBefore: LateBefore | null
  told: ReadonlyMap<string, string>
  notReached: readonly string[]
}
export const NOTHING_BEFORE: Before = { lateBefore: null, told: new Map(), notReached: [] }

/**
 * How things stand for one reader at this instant, whatever the round is about: their own work, what waits for their
 * review, and the county where they oversee it.
 * @param before what the reader's last digest reported as late, and who has been told of what is late where
 */
export function readerStanding(
  reader: Reader,
  groups: readonly OpenGroup[],
  offices: OfficeNames,
  before: Before,
  at: AtInstant,
): DigestStanding {
  const holds = (g: OpenGroup) => isTheirs(reader, g.holderOffice, g.holderPerson)
  const handedIn = (g: OpenGroup) => reader.heads.has(g.office) || reader.works.has(g.office)
  const own = ownStanding(groups, { holds, handedIn }, at)
  const review = reviewStanding(groups, holds, at)
  return {
    own: reader.oversees && isEmpty(own) ? null : ownPart(reader, own, offices),
    review: review.waiting > 0 ? review : null,
    county: reader.oversees ? countyPart(groups, offices, before, at) : null,
  }
}

/** How many late obligations a standing reports: of the county for whoever oversees it, of their own for everybody else. */
export function lateIn({ county, own }: DigestStanding): number {
  return county ? county.late.count : (own?.late.count ?? 0)
}

/** A head answers for everybody of the office; others for what names nobody, them, or whoever is away in whose place they stand. */
export function isTheirs(
  { id, heads, works, coversFor }: Pick<Reader, 'id' | 'heads' | 'works' | 'coversFor'>,
  office: string,
  person: string | null,
): boolean {
  if (heads.has(office)) return true
  return works.has(office) && (person === null || person === id || coversFor.has(person))
}

function ownPart({ works, heads }: Reader, own: OwnStanding, offices: OfficeNames): DigestStanding['own'] {
  const codes = [...new Set([...works, ...heads])].sort()
  if (codes.length === 0) return null
  const scope = codes.map((code) => offices.get(code)?.name ?? code).join('、')
  return { ...own, scope, office: codes.length === 1 ? codes[0]! : null }
}

function countyPart(
  groups: readonly OpenGroup[],
  offices: OfficeNames,
  { lateBefore, told, notReached }: Before,
  at: AtInstant,
): DigestStanding['county'] {
  const county = countyStanding(groups, at)
  const named = county.offices.map((o) => ({
    ...o,
    officeName: offices.get(o.office)?.name ?? o.office,
    told: told.get(o.office) ?? null,
  }))
  return { late: county.late, offices: named, lateBefore, notReached: [...notReached] }
}

function isEmpty({ inHand, inReview }: OwnStanding): boolean {
  return inHand + inReview === 0
}

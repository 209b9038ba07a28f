import type { OfficeKind, Role } from '../domain/obligation/vocabulary.ts'

export type OfficeNode = {
  code: string
  parent: string | null
  kind: OfficeKind
  name: string
  duties?: string[]
}
export type Holding = { office: string; role: Role; email: string }
/** A reader of mails: what they are, by the list of the county. */
export type Post = { office: string; role: Role }

/** Who is reached, for the expectation: plain searches over two short lists. */
export type People = {
  office(code: string): OfficeNode
  offices: readonly OfficeNode[]
  /** Everybody who works on what the office owes. */
  officersOf(office: string): string[]
  /** Looks for a role in the office, then in each office above and that office's centres. */
  holdersOf(role: Role, office: string): string[]
  isTown(office: string): boolean
  /** The posts of whoever has this address, by the codes of their offices. */
  postsOf(email: string): Post[]
  /** Weekdays on which what can wait does not go to somebody: 0 is Sunday, 6 is Saturday. */
  quietDaysOf(email: string): readonly number[]
  /** Everybody who has a post. */
  everybody: readonly string[]
  /** The relief centre for towns, the bureau for its centres. */
  reviewerOf(office: string): string
}

/** @param quiet the quiet days of whoever has some, by address */
export function peopleOf(
  offices: readonly OfficeNode[],
  holdings: readonly Holding[],
  quiet: Readonly<Record<string, readonly number[]>> = {},
): People {
  const office = (code: string) => {
    const found = offices.find((o) => o.code === code)
    if (!found) throw new RangeError(`no office ${code}`)
    return found
  }
  const having = (role: Role, codes: string[]) =>
    holdings.filter((h) => h.role === role && codes.includes(h.office)).map((h) => h.email)
  const centresOf = (code: string) =>
    offices.filter((o) => o.parent === code && o.kind === 'county-centre').map((o) => o.code)
  const holdersOf = (role: Role, code: string): string[] => {
    const here = having(role, [code])
    if (here.length > 0) return here
    for (let up = office(code).parent; up !== null; up = office(up).parent) {
      const found = having(role, [up, ...centresOf(up)])
      if (found.length > 0) return found
    }
    return []
  }
  return {
    office,
    offices,
    holdersOf,
    isTown: (code) => office(code).kind === 'town',
    postsOf: (email) =>
      holdings
        .filter((h) => h.email === email)
        .map((h) => ({ office: h.office, role: h.role }))
        .sort((a, b) => (a.office < b.office ? -1 : 1)),
    quietDaysOf: (email) => quiet[email] ?? [],
    everybody: [...new Set(holdings.map((h) => h.email))],
    officersOf: (code) => having(officerRole(office(code)), [code]),
    reviewerOf: (code) => reviewerOf(office(code), offices),
  }
}

function officerRole(office: OfficeNode): Role {
  if (office.kind === 'town') return 'town-officer'
  if (office.kind === 'county-bureau') return 'bureau-leader'
  return office.duties?.includes('supervision') ? 'relief-centre' : 'verification-centre'
}

function reviewerOf(office: OfficeNode, offices: readonly OfficeNode[]): string {
  const centre = offices.find((o) => o.duties?.includes('supervision'))
  if (office.kind === 'town' && centre) return centre.code
  return office.parent ?? office.code
}

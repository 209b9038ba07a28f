import { type Directory, makeDirectory, OFFICERS } from '../../domain/escalation/directory.ts'
import { rolesOn } from '../../domain/people/absence.ts'
import type { OfficeKind, Role } from '../../domain/obligation/vocabulary.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { readOnce } from '../../db/transaction-memo.ts'
import { substitutesBeyond } from '../people/directory.ts'
import { officesUnder, roleHoldings } from '../people/offices.ts'
import { peopleById } from '../people/persons.ts'

/** Whoever reads a digest: the offices whose work is theirs, those they head, and whether they oversee the county. */
export type Reader = {
  id: string
  name: string
  email: string
  phone: string | null
  roles: Role[]
  officeName: string
  standsInFor: { name: string; officeName: string }[]
  /** The same people by their ids. */
  coversFor: ReadonlySet<string>
  works: ReadonlySet<string>
  heads: ReadonlySet<string>
  oversees: boolean
}
/** The county's offices by code. */
export type OfficeNames = ReadonlyMap<string, { name: string; kind: OfficeKind }>

export type Staff = { directory: Directory; offices: OfficeNames }

/** Everybody who has a role in the county, and its offices; read once in a transaction, none of which changes them before it asks. */
export function countyStaff(tx: Sql, county: string): Promise<Staff> {
  return readOnce(tx, `staff ${county}`, () => readStaff(tx, county))
}

async function readStaff(tx: Sql, county: string): Promise<Staff> {
  const offices = await officesUnder(tx, county)
  const holdings = await roleHoldings(
    tx,
    offices.map((o) => o.code),
  )
  const directory = makeDirectory(offices, holdings, await substitutesBeyond(tx, holdings))
  return { directory, offices: new Map(offices.map((o) => [o.code, o])) }
}

/** These people with all they answer for today: their own roles and those of whom they stand in for. */
export async function readersOf(
  tx: Sql,
  { directory, offices }: Staff,
  ids: readonly string[],
  now: Instant,
): Promise<Reader[]> {
  const { holdings, colleagues } = directory
  const postsOf = new Map(
    [...new Set(ids)].map((id) => [id, rolesOn(id, holdings, colleagues, dayOf(now))] as const),
  )
  const absent = [...postsOf.values()].flat().flatMap(({ onBehalfOf }) => onBehalfOf ?? [])
  const people = await peopleById(tx, [...new Set([...postsOf.keys(), ...absent])], dayOf(now))
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return people
    .filter(({ id }) => postsOf.has(id))
    .map((person) => {
      const posts = postsOf.get(person.id)!
      const own = posts.filter((post) => post.onBehalfOf === null).map((post) => post.office)
      const [first] = own.sort()
      const officeName = offices.get(first ?? '')?.name ?? person.officeName
      return {
        ...person,
        officeName,
        ...dutiesOf(posts, offices),
        standsInFor: absentOf(posts, offices, names),
        coversFor: new Set(posts.flatMap(({ onBehalfOf }) => onBehalfOf ?? [])),
      }
    })
}

/** Those who are away and whose posts are the reader's meanwhile. */
function absentOf(
  posts: readonly { office: string; onBehalfOf: string | null }[],
  offices: OfficeNames,
  names: ReadonlyMap<string, string>,
): Reader['standsInFor'] {
  const others = posts.flatMap(({ office, onBehalfOf }) =>
    onBehalfOf === null
      ? []
      : { name: names.get(onBehalfOf) ?? onBehalfOf, officeName: offices.get(office)?.name ?? office },
  )
  return [...new Map(others.map((o) => [`${o.officeName} ${o.name}`, o])).values()]
}

function dutiesOf(posts: readonly { office: string; role: Role }[], offices: OfficeNames) {
  const works = posts.filter(({ office, role }) => OFFICERS[offices.get(office)!.kind].includes(role))
  const heads = posts.filter(({ role }) => role === 'town-head')
  return {
    works: new Set(works.map((p) => p.office)),
    heads: new Set(heads.map((p) => p.office)),
    oversees: posts.some(({ role }) => role === 'relief-centre' || role === 'bureau-leader'),
  }
}

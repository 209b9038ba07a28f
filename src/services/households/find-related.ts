import { rows, type Sql } from '../../db/pool.ts'
import { subjects } from '../../db/schema/index.ts'
import { columns, selectRow, selectRows } from '../../db/select-columns.ts'
import { decryptPerson, type Keyring, lookUpIndexes, type Person } from '../vault/encryption.ts'

/** Of a household more are not shown: it is one family, not a list. */
const MOST_RELATED = 200

/** What stands beside an obligation `r`: before and after it, joined to it by a person, of its number where $3. */
const BESIDE = `select o.id from obligations o where o.follows_from = r.id
   union select o.follows_from from obligations o where o.id = r.id and o.follows_from is not null
   union select case when l.obligation = r.id then l.other else l.obligation end from household_links l
    where l.same and l.ended_at is null and r.id in (l.obligation, l.other)
   union select s.obligation from subjects m join subjects s on s.id_no_index = m.id_no_index
    where $3 and m.obligation = r.id`

/**
 * Everything of the household behind an obligation, within its county: what has the same identity number, what is linked by
 * following one from another, and what a person has joined. Nothing is joined by a name.
 * @param byNumber false for a reader who sees no households: they are shown the links alone
 */
export async function relatedObligations(
  sql: Sql,
  keys: Keyring,
  id: string,
  byNumber: boolean,
): Promise<string[]> {
  const indexes = byNumber ? await numberIndexes(sql, keys, id) : []
  const found = await rows<{ id: string }>(
    sql,
    `with recursive related as (
       select id from (select $1::text as id union select s.obligation from subjects s where s.id_no_index = any($2)) b
       union select n.id from related r cross join lateral (${BESIDE}) n)
     select o.id from related join obligations o on o.id = related.id
      where o.county = (select county from obligations where id = $1)
      order by o.issued_at, o.id limit $4`,
    [id, indexes, byNumber, MOST_RELATED],
  )
  return found.map((one) => one.id)
}

/** The household of an obligation, to look for others that may be the same; null where it has none, or none any more. */
export async function personBehind(sql: Sql, keys: Keyring, id: string): Promise<Person | null> {
  const stored = 'from subjects s where obligation = $1 and anonymised_wall is null'
  const found = await selectRow(sql, columns(subjects, 's', ['encrypted', 'keyId']), stored, [id])
  return found ? decryptPerson(keys, id, found.encrypted, found.keyId) : null
}

async function numberIndexes(sql: Sql, keys: Keyring, id: string): Promise<Buffer[]> {
  const { idNo = '' } = (await personBehind(sql, keys, id)) ?? {}
  return idNo === '' ? [] : lookUpIndexes(keys, 'idNo', idNo)
}

/** In what a household of the ledger is like the one that is asked about. */
export type Likeness = 'idNo' | 'phone' | 'name-and-village'
export type Twin = { id: string; alike: Likeness[] }

/** Names are encrypted, so those of an office are compared one by one: its latest so many. */
const MOST_COMPARED = 3_000
const MOST_TWINS = 20

/**
 * Households of the ledger that may be the same: by number, by telephone, or by name and village within the office. Nothing is
 * joined: somebody looks at them and decides. The latest first.
 */
export async function findTwins(
  sql: Sql,
  keys: Keyring,
  { county, office }: { county: string; office: string },
  person: Pick<Person, 'name' | 'idNo' | 'phone' | 'village'>,
): Promise<Twin[]> {
  const alike = new Map<string, Likeness[]>()
  const add = (ids: readonly string[], likeness: Likeness) => {
    for (const id of ids) alike.set(id, [...(alike.get(id) ?? []), likeness])
  }
  add(await sameNumber(sql, keys, county, 'idNo', person.idNo), 'idNo')
  add(await sameNumber(sql, keys, county, 'phone', person.phone), 'phone')
  add(await sameNameAndVillage(sql, keys, office, person), 'name-and-village')
  const order = await rows<{ id: string }>(
    sql,
    'select id from obligations where id = any($1) order by issued_at desc, id limit $2',
    [[...alike.keys()], MOST_TWINS],
  )
  return order.map(({ id }) => ({ id, alike: alike.get(id) ?? [] }))
}

const INDEX_COLUMNS = { idNo: 'id_no_index', phone: 'phone_index' } as const

async function sameNumber(
  sql: Sql,
  keys: Keyring,
  county: string,
  field: keyof typeof INDEX_COLUMNS,
  number: string,
): Promise<string[]> {
  const first = number.split('/')[0] ?? ''
  if (first === '') return []
  const found = await rows<{ id: string }>(
    sql,
    `select o.id from subjects s join obligations o on o.id = s.obligation
      where s.${INDEX_COLUMNS[field]} = any($1) and o.county = $2 and o.state <> 'cancelled'`,
    [lookUpIndexes(keys, field, first), county],
  )
  return found.map(({ id }) => id)
}

async function sameNameAndVillage(
  sql: Sql,
  keys: Keyring,
  office: string,
  { name, village }: Pick<Person, 'name' | 'village'>,
): Promise<string[]> {
  if (village === '') return []
  const known = await selectRows(
    sql,
    columns(subjects, 's', ['obligation', 'encrypted', 'keyId']),
    `from subjects s join obligations o on o.id = s.obligation
      where o.office = $1 and o.state <> 'cancelled' and s.anonymised_wall is null
      order by o.issued_at desc limit $2`,
    [office, MOST_COMPARED],
  )
  const same = known.filter(({ obligation, encrypted, keyId }) => {
    const person = decryptPerson(keys, obligation, encrypted, keyId)
    return person.name === name && person.village === village
  })
  return same.map(({ obligation }) => obligation)
}

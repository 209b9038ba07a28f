import { rows, type Sql } from '../../db/pool.ts'
import { subjects } from '../../db/schema/index.ts'
import { columns, selectRow, selectRows } from '../../db/select-columns.ts'
import { decryptPerson, type Keyring, lookUpIndexes, type Person } from '../vault/encryption.ts'

/** Of a household more are not shown: it is one family, not a list. */
const MOST_RELATED = 200

/**
 * Everything of the household behind an obligation, within its county: what has the same identity number, and what is linked
 * by following one from another. Nothing is joined by a name.
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
    `with recursive up as (
       select id, follows_from from obligations where id = $1
       union all select o.id, o.follows_from from obligations o join up u on o.id = u.follows_from),
     linked as (
       select id from up where follows_from is null
       union all select o.id from obligations o join linked l on o.follows_from = l.id),
     related as (
       select $1::text as id
       union select id from linked
       union select s.obligation from subjects s where s.id_no_index = any($2))
     select o.id from related join obligations o on o.id = related.id
      where o.county = (select county from obligations where id = $1)
      order by o.issued_at, o.id limit $3`,
    [id, indexes, MOST_RELATED],
  )
  return found.map((one) => one.id)
}

async function numberIndexes(sql: Sql, keys: Keyring, id: string): Promise<Buffer[]> {
  const stored = 'from subjects s where obligation = $1 and anonymised_wall is null'
  const found = await selectRow(sql, columns(subjects, 's', ['encrypted', 'keyId']), stored, [id])
  if (!found) return []
  const { idNo } = decryptPerson(keys, id, found.encrypted, found.keyId)
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

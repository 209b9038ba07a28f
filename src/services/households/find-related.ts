import { row, rows, type Sql } from '../../db/pool.ts'
import { subjects } from '../../db/schema/index.ts'
import { columns, selectRow, selectRows } from '../../db/select-columns.ts'
import { decryptPerson, type Keyring, lookUpIndexes, type Person } from '../vault/encryption.ts'

/** Of a household more are not shown: it is one family, not a list. */
const MOST_RELATED = 200

/**
 * Everything of the household behind an obligation, within its county.
 * @param byNumber false for a reader who sees no households: they are shown the links alone
 */
export async function relatedObligations(
  sql: Sql,
  keys: Keyring,
  id: string,
  byNumber: boolean,
): Promise<string[]> {
  const asked = await row<{ county: string }>(sql, 'select county from obligations where id = $1', [id])
  return (await householdBehind(sql, keys, { id, county: asked?.county ?? '' }, byNumber)).ids
}

/** The same with the blind indexes of the number by which they were found; none for a reader who sees no households. */
export async function householdBehind(
  sql: Sql,
  keys: Keyring,
  { id, county }: { id: string; county: string },
  byNumber: boolean,
): Promise<{ ids: string[]; indexes: Buffer[] }> {
  const person = byNumber ? await personBehind(sql, keys, id) : null
  const indexes = indexesOfNumber(keys, person?.idNo ?? '')
  return { ids: await relatedTo(sql, { county, begins: [id], indexes }, byNumber), indexes }
}

/** An empty number is nobody's. */
export function indexesOfNumber(keys: Keyring, idNo: string): Buffer[] {
  return idNo === '' ? [] : lookUpIndexes(keys, 'idNo', idNo)
}

/** What is known to be a household's: obligations, and the blind indexes of its number. */
type Beginning = { county: string; begins: readonly string[]; indexes: readonly Buffer[] }

/**
 * Everything of a household within its county, the earliest first: what has the same identity number, what is linked by following one from
 * another, and what a person has joined. Nothing is joined by a name.
 */
export async function relatedTo(
  sql: Sql,
  { county, begins, indexes }: Beginning,
  byNumber: boolean,
): Promise<string[]> {
  const related = new Set(begins)
  for (
    let fresh = [...begins, ...(await ofNumbers(sql, indexes))];
    fresh.length > 0 && related.size < MOST_RELATED;
  ) {
    const beside = await linkedTo(sql, fresh)
    for (const other of [...fresh, ...beside]) related.add(other)
    const known = [...new Set([...fresh, ...beside])]
    const more = [
      ...(await joinedTo(sql, known)),
      ...(byNumber ? await ofNumbers(sql, await indexesOf(sql, known)) : []),
    ]
    fresh = [...new Set(more)].filter((other) => !related.has(other))
  }
  return inOrder(sql, county, [...related])
}

/** Those of the county, the earliest first. */
async function inOrder(sql: Sql, county: string, ids: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    'select id from obligations where id = any($2) and county = $1 order by issued_at, id limit $3',
    [county, ids, MOST_RELATED],
  )
  return found.map((one) => one.id)
}

/** What comes before and after these by following one from another. */
async function linkedTo(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    `with recursive up as (
       select id, follows_from from obligations where id = any($1)
       union select o.id, o.follows_from from obligations o join up u on o.id = u.follows_from),
     linked as (
       select id from up where follows_from is null
       union select o.id from obligations o join linked l on o.follows_from = l.id)
     select id from linked`,
    [ids],
  )
  return found.map((one) => one.id)
}

/** What a person has joined to these. */
async function joinedTo(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    `select l.other as id from household_links l where l.same and l.ended_at is null and l.obligation = any($1)
     union select l.obligation from household_links l where l.same and l.ended_at is null and l.other = any($1)`,
    [ids],
  )
  return found.map((one) => one.id)
}

async function ofNumbers(sql: Sql, indexes: readonly Buffer[]): Promise<string[]> {
  if (indexes.length === 0) return []
  const theirs = 'select obligation as id from subjects where id_no_index = any($1)'
  return (await rows<{ id: string }>(sql, theirs, [indexes])).map(({ id }) => id)
}

/** The blind indexes of the numbers behind obligations, as they stand there. */
export async function indexesOf(sql: Sql, ids: readonly string[]): Promise<Buffer[]> {
  const theirs =
    'select distinct id_no_index as "index" from subjects where obligation = any($1) and id_no_index is not null'
  return (await rows<{ index: Buffer }>(sql, theirs, [ids])).map(({ index }) => index)
}

/** The household of an obligation, to look for others that may be the same; null where it has none, or none any more. */
export async function personBehind(sql: Sql, keys: Keyring, id: string): Promise<Person | null> {
  const stored = 'from subjects s where obligation = $1 and anonymised_wall is null'
  const found = await selectRow(sql, columns(subjects, 's', ['encrypted', 'keyId']), stored, [id])
  return found ? decryptPerson(keys, id, found.encrypted, found.keyId) : null
}

/** In what a household of the ledger is like the one that is asked about. */
export type Likeness = 'idNo' | 'phone' | 'name-and-village'
export type Twin = { id: string; alike: Likeness[] }

/** Names are encrypted, so those of an office are compared one by one: its latest so many. */
const MOST_COMPARED = 3_000
const MOST_TWINS = 20

/**
 * Households of the ledger that may be the same: by number, by telephone, or by name and village within the office. Nothing is
 * joined: somebody looks at them and decides. The latest first. @param known obligations of the same household, left out
 */
export async function findTwins(
  sql: Sql,
  keys: Keyring,
  { county, office, known = [] }: { county: string; office: string; known?: readonly string[] },
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
    'select id from obligations where id = any($1) and id <> all($3) order by issued_at desc, id limit $2',
    [[...alike.keys()], MOST_TWINS, known],
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

import { dayOf, type Instant } from '../../domain/time/days.ts'
import { endOfWeek } from '../../domain/time/weeks.ts'
import type { WorkQueue } from '../../domain/obligation/vocabulary.ts'
import { ts } from '../../db/pool.ts'
import { CLOSED } from './closed-states.ts'
import { PROMISE_BROKEN } from './promise-broken.ts'
import { addFields, type ObligationSearch } from './search-fields.ts'
import { dueBetween, dueToday, everLate, inReview, overdue, performing } from './turn-clocks.ts'
import { countedIds } from './counted-ids.ts'

export type { ObligationSearch } from './search-fields.ts'

/** The offices somebody may read of, the counties these lie in, and the offices whose turn is theirs to take. */
export type Scope = {
  offices: readonly string[]
  counties: readonly string[]
  held?: readonly string[] | undefined
}

/** Where a list looks: each code of one column, so that the page of each is read off an index that begins with it. */
export type Places = { column: 'county' | 'office'; codes: readonly string[] }

/** An office and everything below it; whole counties where that is the same, since they are fewer. */
export function placesOf({ offices, counties }: Scope, { office, officeOnly }: ObligationSearch): Places {
  if (office === undefined) return { column: 'county', codes: counties }
  if (officeOnly) return { column: 'office', codes: [office] }
  if (counties.includes(office)) return { column: 'county', codes: [office] }
  return {
    column: 'office',
    codes: offices.filter((code) => code === office || code.startsWith(`${office}.`)),
  }
}

/** What is offered to somebody lies with another office until they take it: it stands in the list of offers, and in that of a mail that told of it. */
export function hasOffers({ standing, mail }: ObligationSearch): boolean {
  return standing === 'to-receive' || mail !== undefined
}

/**
 * Of a county of which somebody reads some offices alone, row security shows what is offered to these too. It is left out of every
 * list that has no offers. Null where nothing has to be left out.
 */
export function officesOfReader(
  { offices }: Scope,
  { column, codes }: Places,
  search: ObligationSearch,
): readonly string[] | null {
  if (column === 'office' || hasOffers(search)) return null
  return codes.every((code) => offices.includes(code)) ? null : offices
}

/**
 * Collects conditions on `obligations o`; `?` becomes the number of its parameter, `$1` is now.
 * @param values the parameters of the statement so far, `$1` first; those of the conditions are added to them
 */
export function conditionsOf(
  search: ObligationSearch,
  now: Instant,
  held: readonly string[] = [],
  values: unknown[] = [ts(now)],
) {
  const conditions: string[] = []
  const add = (condition: string, ...given: unknown[]) => {
    for (const value of given) values.push(value)
    let next = values.length - given.length
    conditions.push(condition.replace(/\?/g, () => `$${++next}`))
  }
  addFields(search, add)
  for (const word of wordsOf(search.q ?? '')) add(FOUND_BY_WORD, like(word), like(word), like(word))
  if (search.mine === true) add(...queueCondition('held', { now, held }))
  if (search.counted !== undefined) add(COUNTED_BY_MAIL, search.mail ?? null, search.counted, search.counted)
  else if (search.mail) add(TOLD_BY_MAIL, search.mail, search.mail)
  if (search.standing && search.standing !== 'all') add(...queueCondition(search.standing, { now, held }))
  if (search.standing === 'all' && !asksForUndone(search)) add(...notUndone(search))
  if (search.overdue === true) add(overdue('o', '$1'))
  if (search.overdue === false) add(`${overdue('o', '$1')} is not true`)
  return {
    values,
    add,
    conditions,
    text: () => (conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''),
  }
}

/** What was cancelled with its import, whose number is free again: the ledger keeps it, and nobody means it by all. */
const NOT_UNDONE = `not (o.import_id is not null and o.key is null and o.state = 'cancelled')`

/** Asked for by its file, its state, its number or a mail, it is shown. */
function asksForUndone({ import: file, state, cancelled, externalId, mail }: ObligationSearch): boolean {
  return [file, state, externalId, mail].some((asked) => asked !== undefined) || cancelled === true
}

/** A word does not mean it either, unless the word is its whole number. */
function notUndone({ q = '' }: ObligationSearch): [condition: string, ...given: unknown[]] {
  const number = q.trim()
  return number === '' ? [NOT_UNDONE] : [`(${NOT_UNDONE} or upper(o.external_id) = upper(?))`, number]
}

/** Each is a condition of its own; what is beyond them is looked for as it was written. */
const MOST_WORDS = 5

/** `毛坝 因病` finds what has both, each where it stands: the number, the title or the office. */
function wordsOf(text: string): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return words.length <= MOST_WORDS
    ? words
    : [...words.slice(0, MOST_WORDS - 1), words.slice(MOST_WORDS - 1).join(' ')]
}

const FOUND_BY_WORD = `(o.external_id ilike ? or o.title ilike ?
  or o.office in (select f.code from offices f where f.name ilike ?))`

/** What a recount put behind another deadline since is still what the mail told of. */
const TOLD_BY_MAIL = `o.id in (
  select coalesce(n.obligation, a.obligation) from notifications n
    left join assignments a on a.deadline = n.deadline and a.ended_at is null and n.obligation is null
   where n.mail = ?
  union select r.obligation from notifications n
    join recounts r on r.deadline = n.deadline and r.at >= n.created_at
    join assignments a on a.id = r.assignment and a.ended_at is null
   where n.mail = ? and n.obligation is null)`

/** A name stands for all names below it. */
const COUNTED_BY_MAIL = `o.id in (
  select i.id from mails m, jsonb_each(m.counted) c, lateral (${countedIds('c.value')}) i(id)
   where m.id = ? and (c.key = ? or c.key ^@ (?::text || '.')))`

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

/** Somebody holds it, and is to do something: a pause runs by itself. */
const AWAITED = `o.stage is not null and o.stage <> 'pause'`

/**
 * What a work queue selects, as a condition on `obligations o`; `$1` is now, `?` what is given with it.
 * @param held the offices meant by "held"
 */
function queueCondition(
  queue: WorkQueue,
  { now, held }: { now: Instant; held: readonly string[] },
): [condition: string, ...given: unknown[]] {
  switch (queue) {
    case 'pressing':
      return [`(${AWAITED} and (o.holder_office = any(?) or ${overdue('o', '$1')}))`, held]
    case 'held':
      return held.length === 1
        ? [`(${AWAITED} and o.holder_office = ?)`, held[0]]
        : [`(${AWAITED} and o.holder_office = any(?))`, held]
    case 'unfinished':
      return [`o.state not in (${CLOSED})`]
    case 'to-perform':
      return [performing('o')]
    case 'overdue':
      return [overdue('o', '$1')]
    case 'due-today':
      return [dueToday('o', '?'), dayOf(now)]
    case 'due-this-week':
      return [dueBetween('o', '?', '?'), dayOf(now), endOfWeek(dayOf(now))]
    case 'in-review':
      return [inReview('o')]
    case 'to-answer':
      return [
        `o.id in (select x.obligation from extensions x where x.state = 'pending' and x.office = any(?))`,
        held,
      ]
    case 'to-receive':
      return [
        `o.id in (select h.obligation from hand_overs h where h.state = 'pending' and h.to_office = any(?))`,
        held,
      ]
    case 'promise-broken':
      return [PROMISE_BROKEN, dayOf(now)]
    case 'done':
      return [`o.state = 'accepted'`]
    case 'done-late':
      return [`(o.state = 'accepted' and ${everLate('o', '$1')})`]
    case 'cancelled':
      return [`o.state = 'cancelled'`]
  }
}

import type { Category } from '../../domain/escalation/policy.ts'
import type { Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { rows, type Sql } from '../../db/pool.ts'

/** What the day of an open assignment rests on, but for pauses and extensions. */
export type OpenWork = Category & {
  office: string
  person: string | null
  kind: Kind
  level: Level | null
  stage: Stage
  policy: string
  rule: string
  startOn: Day
  workingDays: number | null
  dueOn: Day
  dueAt: Instant
  provisional: boolean
}
/** Open assignments that are alike in all of it. */
export type WorkGroup = OpenWork & { count: number }
/** One open assignment. */
export type WorkRow = OpenWork & {
  assignment: string
  obligation: string
  deadline: string
  /** By number or title. */
  name: string
  root: string
  limitOn: Day
  /** A pause or an extension moved it. */
  postponed: boolean
}

/** The open work of a county, or of some of its offices. */
export type Reach = { county: string; offices: readonly string[] | null }

/** `open_work` (migrations/0042, 0049) is what somebody's offices hold. A pause goes on from the work that it stopped, and has a day of its own. */
const WORK = `w.office, w.person, w.kind, w.level, w.stage, w.policy, w.rule, w.start_on as "startOn", w.working_days as "workingDays",
  w.due_on as "dueOn", w.due_at as "dueAt", w.provisional`
const ROW = `${WORK}, w.cause, w.key_group as "group", w.assignment, w.obligation, w.deadline, w.name, w.root, w.postponed, w.limit_on as "limitOn"`
const OPEN = 'from open_work w where w.county = $1 and ($2::text[] is null or w.office = any($2))'

/**
 * All that nothing postponed, by what its day rests on: a million assignments are some thousand groups, and some ten times as many where `byCategory` tells them apart. Pauses and extensions move whoever
 * performs; few assignments have any.
 */
export function workGroups(sql: Sql, { county, offices }: Reach, byCategory: boolean): Promise<WorkGroup[]> {
  // Without a category the obligations behind the work need not be read at all.
  const [category, keys] = byCategory
    ? ['w.cause, w.key_group as "group"', ', w.cause, w.key_group']
    : ['null as cause, null as "group"', '']
  return rows(
    sql,
    `select ${WORK}, ${category}, count(*)::int as count ${OPEN} and not w.postponed
      group by w.office, w.person, w.kind, w.level, w.stage, w.policy, w.rule, w.start_on, w.working_days, w.due_on, w.due_at,
               w.provisional${keys}
      order by w.due_at, w.office`,
    [county, offices],
  )
}

/** What a pause or an extension moved, one by one. */
export function postponedWork(sql: Sql, { county, offices }: Reach): Promise<WorkRow[]> {
  return rows(sql, `select ${ROW} ${OPEN} and w.postponed order by w.due_at, w.assignment`, [county, offices])
}

/** All of it, page by page in the order of ids. */
export function workPage(
  sql: Sql,
  { county, offices }: Reach,
  after: string,
  limit: number,
): Promise<WorkRow[]> {
  return rows(sql, `select ${ROW} ${OPEN} and w.assignment > $3 order by w.assignment limit $4`, [
    county,
    offices,
    after,
    limit,
  ])
}

/** Some of what stands in these groups, first due first. Work of one place and day is told apart as the groups are: `byCategory`. */
export function workOfGroups(
  sql: Sql,
  { county, offices }: Reach,
  groups: readonly OpenWork[],
  { byCategory, limit }: { byCategory: boolean; limit: number },
): Promise<WorkRow[]> {
  const { of, places } = distinctPlaces(groups)
  const category = byCategory
    ? `and exists (select from unnest($3::text[], $4::timestamptz[], $6::text[], $7::text[]) as g(office, due_at, cause, key_group)
         where g.office = w.office and g.due_at = w.place_due_at and g.cause is not distinct from w.cause
           and g.key_group is not distinct from w.key_group)`
    : ''
  return rows(
    sql,
    `select ${ROW} from open_work w
      where w.county = $1 and ($2::text[] is null or w.office = any($2)) and not w.postponed
        and (w.office, w.place_due_at) in (select * from unnest($3::text[], $4::timestamptz[])) ${category}
      order by w.due_at, w.assignment limit $5`,
    [
      county,
      offices,
      ...places,
      limit,
      ...(byCategory ? [of.map((g) => g.cause), of.map((g) => g.group)] : []),
    ],
  )
}

/** The policies that somebody's open work goes by. */
export async function policiesOfWork(sql: Sql, county: string): Promise<string[]> {
  const used = await rows<{ id: string }>(
    sql,
    `select p.id from policies p where p.county = $1
        and exists (select from open_work w where w.policy = p.id and w.county = $1)`,
    [county],
  )
  return used.map(({ id }) => id)
}

/** How much open work goes by each policy. */
export async function openByPolicy(sql: Sql): Promise<Map<string, number>> {
  const counted = await rows<{ policy: string; n: number }>(
    sql,
    'select w.policy, count(*)::int as n from open_work w group by w.policy',
  )
  return new Map(counted.map(({ policy, n }) => [policy, n]))
}

/** Places and days, and of each the groups' categories, which are null where nothing tells them apart. */
function distinctPlaces(groups: readonly OpenWork[]) {
  const keyOf = ({ office, dueAt, cause, group }: OpenWork) => `${office}/${dueAt}/${cause}/${group}`
  const of = [...new Map(groups.map((one) => [keyOf(one), one])).values()]
  return { of, places: [of.map(({ office }) => office), of.map(({ dueAt }) => new Date(dueAt))] }
}

import { type Effect, EffectSum, type Shift } from '../../domain/obligation/recount-effect.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { policyById } from '../schedule/policies.ts'
import { isByCategory, type Policy } from '../../domain/escalation/policy.ts'
import { postponementsOfRoots } from '../obligations/postponements.ts'
import {
  policiesOfWork,
  postponedWork,
  type Reach,
  workGroups,
  workOfGroups,
  type WorkGroup,
  type WorkRow,
} from './open-work.ts'
import { isShown, recount, type Recounted, type Recounting } from './recounting.ts'

/** What one line of a preview says. */
export type MovedRow = { work: WorkRow; after: Recounted }
export type Preview = Effect & { rows: MovedRow[] }

/** So many moved rows are shown; all are counted. */
const SHOWN = 100

/** What a change would do to the open work of a county. Nothing is written. */
export async function previewRecount(sql: Sql, reach: Reach, by: Recounting, now: Instant): Promise<Preview> {
  const sum = new EffectSum(now)
  const moved: WorkGroup[] = []
  for (const group of await workGroups(sql, reach, isToldApart(by))) {
    const after = recount(group, by)
    sum.add(shiftOf(group, after, group.count))
    if (isShown(group, after)) moved.push(group)
  }
  const alone = await previewPostponed(sql, reach, by, sum)
  const shown = await shownOf(sql, reach, by, moved)
  const first = [...alone, ...shown].sort((a, b) => a.work.dueAt - b.work.dueAt).slice(0, SHOWN)
  return { ...sum.effect, rows: first }
}

/** Work that keeps its rule has no need of its category. */
function isToldApart({ rebase, policies }: Recounting): boolean {
  return rebase !== null && [rebase, ...policies.values()].some(({ rules }) => rules.some(isByCategory))
}

async function previewPostponed(sql: Sql, reach: Reach, by: Recounting, sum: EffectSum): Promise<MovedRow[]> {
  const works = await postponedWork(sql, reach)
  const partsOf = await postponementsOfRoots(
    sql,
    works.map(({ root }) => root),
  )
  return works.flatMap((work) => {
    const after = recount(work, by, partsOf(work.root))
    sum.add(shiftOf(work, after, 1))
    return isShown(work, after) ? [{ work, after }] : []
  })
}

/** The first groups that hold enough rows, and their rows. */
async function shownOf(
  sql: Sql,
  reach: Reach,
  by: Recounting,
  moved: readonly WorkGroup[],
): Promise<MovedRow[]> {
  let held = 0
  const first = moved.filter((group) => {
    if (held >= SHOWN) return false
    held += group.count
    return true
  })
  // Places of one day hold work of other levels and rules too.
  const most = { byCategory: isToldApart(by), limit: 10 * SHOWN }
  const found = first.length === 0 ? [] : await workOfGroups(sql, reach, first, most)
  return found
    .map((work) => ({ work, after: recount(work, by) }))
    .filter(({ work, after }) => isShown(work, after))
}

export function shiftOf(work: Omit<WorkGroup, 'count'>, { limit }: Recounted, count: number): Shift {
  const { office, person, level, stage, dueOn, provisional } = work
  return { office, person, level, stage, count, from: { dueOn, provisional }, to: limit }
}

/** The policies that the open work of a county is under. */
export async function policiesInUse(sql: Sql, { county }: Reach): Promise<Map<string, Policy>> {
  const policies = new Map<string, Policy>()
  for (const id of await policiesOfWork(sql, county)) policies.set(id, await policyById(sql, id))
  return policies
}

import { EffectSum, type Gain } from '../../domain/obligation/recount-effect.ts'
import type { Instant } from '../../domain/time/days.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { dueChanges } from '../../db/schema/index.ts'
import type { Joined } from '../obligations/new-assignment.ts'
import { silencePast } from '../obligations/join-deadlines.ts'
import { lastPerformed, limitFromParts, writeDue } from '../obligations/moved-assignment.ts'
import { postponementsOfRoots } from '../obligations/postponements.ts'
import { forgetStepsOf } from '../obligations/undo-steps.ts'
import { lockCalendar } from '../schedule/calendar.ts'
import { poke } from '../watching/pokes.ts'
import { type MovedRow, type Preview, shiftOf } from './effect.ts'
import { type Reach, workPage } from './open-work.ts'
import { isChanged, isShown, recount, type Recounting } from './recounting.ts'
import { type RecountOrder, writeRecounts } from './write.ts'

/** So many open assignments are read and written at a time; the transaction is one. */
const PAGE = 2_000
/** So many of what moved are shown, and so many names a line about it has. */
const SHOWN = 100
const NAMED = 5

export type ApplyOrder = Omit<RecountOrder, 'joined'> & {
  /** What whoever gains or loses days is told as the reason. */
  why: string
}

/** Holds what begins and what is open, so that nothing counts by the old days beside the change. Before anything is written. */
export async function holdOpenWork(tx: Sql, county: string): Promise<void> {
  await lockCalendar(tx)
  // In one order, as everybody locks many.
  await tx.query(
    `select count(*) from (select from obligations where county = $1 and stage is not null order by id for no key update) held`,
    [county],
  )
}

/**
 * Counts the open work of a county anew and writes it, all or nothing. Whoever gains or loses days is told in the next morning's
 * round. `holdOpenWork` goes before.
 */
export async function applyRecount(
  tx: Sql,
  reach: Reach,
  by: Recounting,
  order: ApplyOrder,
  pageSize = PAGE,
): Promise<Preview> {
  const sum = new EffectSum(order.now)
  const moved: MovedRow[] = []
  const names = new NamesByHolder()
  const writing = { ...order, joined: new Map<string, Joined>() }
  for await (const page of pagesOf(tx, reach, pageSize)) {
    const partsOf = await postponementsOfRoots(
      tx,
      page.filter(({ postponed }) => postponed).map(({ root }) => root),
    )
    const all = page.map((work) => ({ work, after: recount(work, by, partsOf(work.root)) }))
    for (const { work, after } of all) sum.add(shiftOf(work, after, 1))
    const shifted = all.filter(({ work, after }) => isShown(work, after))
    for (const { work } of shifted) names.add(work)
    moved.push(...shifted.slice(0, Math.max(SHOWN - moved.length, 0)))
    await writeRecounts(
      tx,
      writing,
      all.filter(({ work, after }) => isChanged(work, after)),
    )
  }
  await settleJoined(tx, writing)
  await writePausedDays(tx, reach)
  await forgetStepsOf(tx, order.county)
  await wakeAll(tx, reach)
  const { effect } = sum
  await queueDueChanges(tx, order, effect.gains, names)
  return { ...effect, rows: moved }
}

/**
 * How loud the deadlines joined are, once everybody stands behind their own: whoever stood there while others came may have gone
 * elsewhere since.
 */
async function settleJoined(tx: Sql, { joined, now }: Pick<RecountOrder, 'joined' | 'now'>): Promise<void> {
  await silencePast(
    tx,
    [...joined.values()].flatMap((byKey) => [...byKey.values()]),
    now,
  )
}

async function* pagesOf(tx: Sql, reach: Reach, size: number) {
  for (let after = ''; ;) {
    const page = await workPage(tx, reach, after, size)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last.assignment
  }
}

/** What is paused has no open assignment of whoever performs; its day is counted from its parts all the same. */
async function writePausedDays(tx: Sql, { county, offices }: Reach): Promise<void> {
  const paused = await rows<{ id: string }>(
    tx,
    `select id from obligations o where county = $1 and state = 'suspended' and ($2::text[] is null or office = any($2))
      order by id`,
    [county, offices],
  )
  for (const { id } of paused) {
    const performed = await lastPerformed(tx, id)
    await writeDue(tx, id, performed, await limitFromParts(tx, id, performed))
  }
}

/** Reminders and rungs stand on working days too, and so do the rounds of mail: whatever watches is asked again. */
async function wakeAll(tx: Sql, { county, offices }: Reach): Promise<void> {
  const watched = await rows<{ id: string }>(
    tx,
    `select d.id from deadlines d where d.county = $1 and ($2::text[] is null or d.office = any($2))
        and exists (select from assignments a where a.deadline = d.id and a.ended_at is null)`,
    [county, offices],
  )
  await poke(
    tx,
    'deadline',
    watched.map(({ id }) => id),
  )
  await poke(tx, 'courier', [county])
}

async function queueDueChanges(
  tx: Sql,
  { county, why, now: at }: { county: string; why: string; now: Instant },
  gains: readonly Gain[],
  names: NamesByHolder,
): Promise<void> {
  const lines = gains.map((gain) => ({ ...gain, names: names.of(gain) }))
  await insertRows(tx, dueChanges, lines, { constant: { county, why, at } })
}

/** The first names of what moved, for each holder. */
class NamesByHolder {
  readonly #names = new Map<string, string[]>()

  add({ office, person, name }: { office: string; person: string | null; name: string }): void {
    const known = this.#names.get(`${office}/${person ?? ''}`) ?? []
    if (known.length < NAMED) this.#names.set(`${office}/${person ?? ''}`, [...known, name])
  }

  of({ office, person }: Pick<Gain, 'office' | 'person'>): string[] {
    return this.#names.get(`${office}/${person ?? ''}`) ?? []
  }
}

import { type ContentField, movesDueDay } from '../../domain/obligation/changes.ts'
import type { DueMove } from '../../domain/obligation/replaced.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { type Correction, type CorrectionContext, dueMoveOf, isCorrectable } from '../obligations/correct.ts'
import { type CorrectedRow, readForCorrection } from '../obligations/corrected-row.ts'
import { officesUnder } from '../people/offices.ts'
import { readCalendars } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { ImportChange } from './changes-store.ts'

/**
 * How changes move the due days of their obligations, by row: of what waits, as it would be written now; of what was written, as it
 * was. Rows that move none are not in the answer.
 */
export async function dueMovesOf(
  sql: Sql,
  { county, now }: { county: string; now: Instant },
  changes: readonly ImportChange[],
): Promise<ReadonlyMap<number, DueMove>> {
  const moves = new Map<number, DueMove>()
  for (const change of changes) {
    const written = writtenMove(change)
    if (written !== null) moves.set(change.row, written)
  }
  const waiting = changes.filter(
    ({ state, fields }) =>
      (state === 'open' || state === 'confirmed') && fields.some((f) => movesDueDay(f.field)),
  )
  if (waiting.length === 0) return moves
  const context = await readContext(sql, county, now)
  const rows = await readForCorrection(
    sql,
    waiting.map(({ obligation }) => obligation),
  )
  for (const change of waiting) {
    const o = rows.get(change.obligation)
    const next = o && isCorrectable(o) ? nextOf(change, o) : null
    if (o && next) moves.set(change.row, dueMoveOf(context, { o, next }))
  }
  return moves
}

async function readContext(sql: Sql, county: string, now: Instant): Promise<CorrectionContext> {
  return {
    ...{ county, now, policy: await currentPolicy(sql, county) },
    ...{ calendars: await readCalendars(sql), offices: await officesUnder(sql, county) },
  }
}

/** From before the first step of it that was written, until after the last. */
function writtenMove({ replaced }: ImportChange): DueMove | null {
  const steps = (replaced ?? []).flatMap(({ due }) => due ?? [])
  const [first] = steps
  return first === undefined ? null : { from: first.from, to: steps.at(-1)!.to }
}

/** What the obligation says once the next step is written: what happens by itself, then what somebody confirms. */
function nextOf({ fields, content }: ImportChange, o: CorrectedRow): Correction['next'] | null {
  const { level, filedOffice: office, issuedAt, cause, group, source } = o
  const before = { level, town: office, issued: issuedAt }
  const open = fields.filter(
    ({ field, happens }) =>
      happens !== 'refused' && isMoving(field) && content[field] !== null && content[field] !== before[field],
  )
  const own = open.filter(({ happens }) => happens === 'applied')
  const step = (own.length > 0 ? own : open).map(({ field }) => field)
  if (step.length === 0) return null
  const after = { ...before, ...Object.fromEntries(step.map((field) => [field, content[field as Moving]])) }
  return { level: after.level, office: after.town, issuedAt: after.issued, cause, group, source }
}

type Moving = 'level' | 'town' | 'issued'

function isMoving(field: ContentField): field is Moving {
  return movesDueDay(field)
}

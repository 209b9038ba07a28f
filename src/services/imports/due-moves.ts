import { isByCategory } from '../../domain/escalation/policy.ts'
import { type ContentField, isOfCategory, movesDueDay } from '../../domain/obligation/changes.ts'
import { type DueMove, movedDay } from '../../domain/obligation/replaced.ts'
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
      (state === 'open' || state === 'confirmed') && fields.some((f) => isMoving(f.field)),
  )
  if (waiting.length === 0) return moves
  const context = await readContext(sql, county, now)
  const rows = await readForCorrection(
    sql,
    waiting.map(({ obligation }) => obligation),
  )
  for (const change of waiting) {
    const o = rows.get(change.obligation)
    const move = o && isCorrectable(o) ? waitingMove(context, change, o) : null
    if (move) moves.set(change.row, move)
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
  const steps = (replaced ?? []).filter(movedDay).flatMap(({ due }) => due ?? [])
  const [first] = steps
  return first === undefined ? null : { from: first.from, to: steps.at(-1)!.to }
}

/** By the next step: what happens by itself, then what somebody confirms. A category counts where it moves the day. */
function waitingMove(context: CorrectionContext, change: ImportChange, o: CorrectedRow): DueMove | null {
  const open = openOf(change, o, context.policy.rules.some(isByCategory))
  const own = open.filter(({ happens }) => happens === 'applied')
  for (const step of [own, open]) {
    const fields = step.map(({ field }) => field)
    if (fields.length === 0) continue
    const move = dueMoveOf(context, { o, next: nextOf(change, o, fields) })
    if (fields.some(movesDueDay) || move.from !== move.to) return move
  }
  return null
}

/** What is still to be written of what may move the day. */
function openOf({ fields, content }: ImportChange, o: CorrectedRow, byCategory: boolean) {
  const before = beforeOf(o)
  return fields.filter(
    ({ field, happens }) =>
      happens !== 'refused' &&
      isMoving(field) &&
      (byCategory || !isOfCategory(field)) &&
      content[field] !== null &&
      content[field] !== before[field],
  )
}

function beforeOf({ level, filedOffice: town, issuedAt: issued, cause, group }: CorrectedRow) {
  return { level, town, issued, cause, group }
}

/** What the obligation says once these fields are written. */
function nextOf(
  { content }: ImportChange,
  o: CorrectedRow,
  fields: readonly ContentField[],
): Correction['next'] {
  const written = Object.fromEntries(fields.map((field) => [field, content[field as Moving]]))
  const { level, town: office, issued: issuedAt, cause, group } = { ...beforeOf(o), ...written }
  return { level, office, issuedAt, cause, group, source: o.source }
}

type Moving = 'level' | 'town' | 'issued' | 'cause' | 'group'

function isMoving(field: ContentField): field is Moving {
  return movesDueDay(field) || isOfCategory(field)
}

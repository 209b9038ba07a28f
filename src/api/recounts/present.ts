import type { z } from 'zod'
import type { effect } from '../../contract/api/recounts.ts'
import { peopleFor } from '../../domain/escalation/directory.ts'
import { isOver } from '../../domain/obligation/clock-status.ts'
import type { EffectCounts, Gain } from '../../domain/obligation/recount-effect.ts'
import { isPerforming } from '../../domain/obligation/turn-clocks.ts'
import { LEVEL_LABELS, type Level } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { countyStaff } from '../../services/notifications/readers.ts'
import type { MovedRow, Preview } from '../../services/recounts/effect.ts'
import { ApiError } from '../http/errors.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'

export type ShownEffect = z.infer<typeof effect>

/** What a change does, as it is shown: counts, who is told, and the first rows. */
export async function showEffect(
  sql: Sql,
  county: string,
  preview: Preview,
  { names, now }: Pick<ReferenceData, 'names' | 'now'>,
): Promise<ShownEffect> {
  const { total, provisional, byOffice, byLevel, gains, rows } = preview
  return {
    ...total,
    ...{ settled: Math.max(provisional.before - provisional.after, 0), provisional: provisional.after },
    offices: [...byOffice]
      .filter(([, counts]) => isShifted(counts))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, counts]) => ({ code, name: names.office(code), ...counts })),
    levels: [...byLevel].map(([level, counts]) => ({ level, label: labelOf(level), ...counts })),
    told: await toldOf(sql, county, gains, { names, now }),
    rows: rows.map((row) => showRow(row, { names, now })),
  }
}

/** @throws ApiError 409 where more or fewer move than whoever asks has seen */
export function mustBeExpected(expected: number | undefined, { total }: Preview): void {
  const moved = total.later + total.earlier
  if (expected === undefined || expected === moved) return
  throw new ApiError(
    409,
    'count-changed',
    `试算时有 ${expected} 件的限时会变,现在是 ${moved} 件,没有生效。请重新试算后再确认。`,
    [],
    {},
    { count: moved, expected },
  )
}

function isShifted({ later, earlier, becomesLate, ceasesLate }: EffectCounts): boolean {
  return later + earlier + becomesLate + ceasesLate > 0
}

function labelOf(level: Level | null): string {
  return level === null ? '不分等级' : LEVEL_LABELS[level]
}

async function toldOf(
  sql: Sql,
  county: string,
  gains: readonly Gain[],
  { names, now }: { names: ReferenceData['names']; now: Instant },
): Promise<ShownEffect['told']> {
  if (gains.length === 0) return []
  const { directory } = await countyStaff(sql, county)
  const told = new Map<string, { later: number; earlier: number }>()
  for (const gain of gains)
    for (const person of peopleFor({ to: 'holder' }, gain, directory, now)) {
      const { later, earlier } = told.get(person) ?? { later: 0, earlier: 0 }
      told.set(person, { later: later + gain.later, earlier: earlier + gain.earlier })
    }
  return [...told].map(([id, counts]) => ({ person: { id, name: names.person(id) }, ...counts }))
}

function showRow(
  { work, after: { limit } }: MovedRow,
  { names, now }: Pick<ReferenceData, 'names' | 'now'>,
): ShownEffect['rows'][number] {
  const { obligation: id, name, office, level, stage, dueOn: from } = work
  const wasLate = isPerforming(stage) && isOver(work, now)
  const isLate = isPerforming(stage) && isOver(limit, now)
  return {
    ...{
      id,
      name,
      office: { code: office, name: names.office(office) },
      level,
      stage,
      from,
      to: limit.dueOn,
    },
    ...{ becomesLate: !wasLate && isLate, ceasesLate: wasLate && !isLate },
  }
}

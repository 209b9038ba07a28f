import type { z } from 'zod'
import type { bulkAnswer } from '../../contract/api/bulk-actions.ts'
import { ANSWERED_AT_ONCE } from '../../domain/obligation/bulk-run.ts'
import type { ActionAnswer } from '../../services/obligations/act.ts'

/** What one of many was answered, as it is sent. */
export type ManyItem = z.input<typeof bulkAnswer>['items'][number]

/** Whether so many are answered in the request itself. */
export function isAnsweredAtOnce(count: number): boolean {
  return count <= ANSWERED_AT_ONCE
}

export function shown(answer: ActionAnswer): ManyItem {
  if (answer.done) return { id: answer.id, done: true, state: answer.state, version: answer.version }
  return { id: answer.id, done: false, refused: answer.refusal.refused, message: answer.refusal.message }
}

/** As they were asked for; those of a filter as they were done. */
export function inOrder(ids: readonly string[] | undefined, items: readonly ManyItem[]): ManyItem[] {
  const places = new Map(ids?.toReversed().map((id, place) => [id, ids.length - place]))
  return [...items].sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
}

import type { DigestInput } from './digest-types.ts'

/** Is the mail about one thing only, and is that all its reader has, so that its button opens that thing? */
export function isOneThing({
  sections,
  late,
  answers,
  standing: { own, review },
}: Pick<DigestInput, 'sections' | 'late' | 'answers' | 'standing'>): boolean {
  const told = new Set(sections.map((e) => e.deadline))
  if (answers.some(({ deadline }) => !told.has(deadline))) return false
  const ids = new Set([...sections.flatMap((e) => e.items), ...late.items].map((i) => i.obligationId))
  const counted = (own?.inHand ?? 0) + (review?.waiting ?? 0)
  const open = sections.some((e) => e.due !== null) || late.items.length > 0
  return (
    ids.size === 1 && sections.every((e) => e.count === 1) && late.more === 0 && counted <= (open ? 1 : 0)
  )
}

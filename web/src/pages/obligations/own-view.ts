import type { ListView } from './use-list-views.ts'

/**
 * Which of somebody's own views takes what they save: the one that is being renamed, else the one of that name.
 * @returns its id, and whether another one has the name, which then stands twice; null for a new view
 */
export function placeOf(
  views: readonly Pick<ListView, 'id' | 'name' | 'own'>[],
  name: string,
  renamed: string | null,
): { id: string | null; isTaken: boolean } {
  const same = views.find((view) => view.own && view.name === name.trim())?.id ?? null
  if (renamed === null) return { id: same, isTaken: false }
  return { id: renamed, isTaken: same !== null && same !== renamed }
}

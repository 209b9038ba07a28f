import { dropAtSignOut } from '../../session/forget.ts'

/**
 * Files that were sent from this page, as long as it stays open and its sender is signed in: another sheet of a workbook is read without choosing the file again.
 * `next`: the sheets that were asked for with it and are still to come.
 */
type Held = { file: File; next: readonly string[] }

const held = new Map<string, Held>()
dropAtSignOut(() => held.clear())

export function holdFile(importId: string, file: File, next: readonly string[] = []): void {
  held.set(importId, { file, next })
}

/** Null where the file was sent from elsewhere, or the page was opened anew. */
export function heldFile(importId: string): Held | null {
  return held.get(importId) ?? null
}

/** Asks for all of these sheets, one after the other. @returns the first; the others come once it is registered */
export function queueSheets(importId: string, sheets: readonly string[]): string | undefined {
  const [first, ...next] = sheets
  const one = held.get(importId)
  if (one) held.set(importId, { ...one, next })
  return first
}

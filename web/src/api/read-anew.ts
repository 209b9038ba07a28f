import { ref } from 'vue'
import { queryClient } from './query.ts'

/** What any piece of work may change: the first word of the keys of its answers. */
export const WORK = [
  ...['obligation', 'obligations', 'home', 'overview', 'problems', 'burn-down', 'timeline', 'standing-check'],
  ...['roster', 'samples', 'campaigns', 'beginning'],
] as const

/** So many single items were acted on since the page was opened: whatever offers to take back something earlier gives way. */
export const itemsDone = ref(0)

/**
 * Reads everything about the work anew, after any of it was done: one mutation moves a list, a count, a chart and a clock.
 * Not waited for: whoever asked is told before the pages read anew.
 */
export function readAnew(client = queryClient): void {
  const changed: ReadonlySet<unknown> = new Set(WORK)
  void client.invalidateQueries({ predicate: ({ queryKey: [first] }) => changed.has(first) })
}

/**
 * Which one of a queue opens next: the first behind the last in the order in which it stood, past the end from the beginning; those that
 * were put off come last, the one put off first ahead. Undefined where nothing waits.
 * @param order the queue while the last one stood in it
 */
export function nextOf(
  queue: readonly string[],
  { order, last, passed }: { order: readonly string[]; last: string | null; passed: readonly string[] },
): string | undefined {
  const fresh = queue.filter((id) => !passed.includes(id))
  const at = last === null ? -1 : order.indexOf(last)
  const behind = new Set(order.slice(at + 1))
  return fresh.find((id) => behind.has(id)) ?? fresh[0] ?? passed.find((id) => queue.includes(id))
}

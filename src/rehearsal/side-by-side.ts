/** So many requests are under way at once: more only wait for the two processors of the smallest machine. */
const AT_ONCE = 4

/** Does something for each, several at a time; after a failure nothing more is begun. @returns what came of it, in the order given */
export async function sideBySide<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = [...all.entries()]
  const worker = async () => {
    try {
      for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1])
    } catch (error) {
      queue.length = 0
      throw error
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}

/**
 * Parts groups so that within a part no two are about the same; whatever is goes into a later part. Within a part the order is kept.
 * @param idsOf what a member is about
 */
export function apart<T>(groups: readonly T[][], idsOf: (member: T) => readonly string[]): T[][][] {
  const parts: T[][][] = []
  const lastPart = new Map<string, number>()
  for (const group of groups) {
    const ids = group.flatMap(idsOf)
    const part = Math.max(-1, ...ids.map((id) => lastPart.get(id) ?? -1)) + 1
    for (const id of ids) lastPart.set(id, part)
    ;(parts[part] ??= []).push(group)
  }
  return parts
}

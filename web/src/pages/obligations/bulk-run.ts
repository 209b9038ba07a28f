/** What became of one of many. */
export type BulkItem = {
  id: string
  done: boolean
  version?: number | undefined
  message?: string | undefined
}
export type BulkProgress = { sent: number; of: number; items: BulkItem[] }

/** What was done, at the version it has since. */
export function doneIn(items: readonly BulkItem[]): { id: string; version: number }[] {
  return items.flatMap(({ id, done, version }) => (done && version !== undefined ? [{ id, version }] : []))
}

export const AT_ONCE = 20

/**
 * Sends many a part at a time, and tells how far it is. What was not sent yet can be stopped.
 * @throws what `send` throws; the parts before it are done
 */
export async function runBulk(
  ids: readonly string[],
  send: (part: readonly string[]) => Promise<BulkItem[]>,
  tell: (progress: BulkProgress) => void,
  stopped: () => boolean,
): Promise<BulkProgress> {
  let progress: BulkProgress = { sent: 0, of: ids.length, items: [] }
  tell(progress)
  while (progress.sent < ids.length && !stopped()) {
    const part = ids.slice(progress.sent, progress.sent + AT_ONCE)
    const items = await send(part)
    progress = { ...progress, sent: progress.sent + part.length, items: [...progress.items, ...items] }
    tell(progress)
  }
  return progress
}

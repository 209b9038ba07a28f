const LOOK_EVERY_MS = 1_000

/**
 * Waits for a signal to stop; a second one ends at once. Ending npm ends only the shell between npm and this process, without a
 * signal to it: under npm, another parent than at the start counts as being asked to stop.
 * @param hasReader what it says is all it is for: once nobody reads that any more, it is asked to stop
 * @param atOnce ends what must not be left behind: the servers that were started
 */
export function untilAskedToStop(
  atOnce: () => Promise<void>,
  { byNpm, hasReader = false }: { byNpm: boolean; hasReader?: boolean },
): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const parent = process.ppid
    const looking = setInterval(() => {
      if (byNpm && process.ppid !== parent) resolve()
    }, LOOK_EVERY_MS)
    looking.unref()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (asked) return void atOnce().finally(() => process.exit(130))
        asked = true
        resolve()
      })
    // As `| head` does: without this the process would end at once, and leave its servers.
    if (hasReader) for (const stream of [process.stdout, process.stderr]) stream.on('error', () => resolve())
  })
}

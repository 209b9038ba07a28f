const LOOK_EVERY_MS = 1_000

/**
 * Waits for Ctrl-C or a polite end; a second one ends at once. Whoever ends npm ends the shell between us and leaves us to
 * nobody, without a word: then we were meant too.
 * @param atOnce ends what must not be left behind: the servers we started
 * @param byNpm npm started us
 */
export function untilAskedToStop(atOnce: () => Promise<void>, byNpm: boolean): Promise<void> {
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
  })
}

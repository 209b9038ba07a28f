/**
 * Waits for Ctrl-C or a polite end; a second one ends at once.
 * @param atOnce ends what must not be left behind: the servers we started
 */
export function untilAskedToStop(atOnce: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (asked) return void atOnce().finally(() => process.exit(130))
        asked = true
        resolve()
      })
  })
}

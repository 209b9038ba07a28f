import { PerformanceObserver } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/** Collects all that is garbage by now. */
export const collectGarbage = runInNewContext('gc') as () => void

/** When this process collected garbage, in the milliseconds of `performance.now()`. */
export function watchGarbage() {
  const collected: { from: number; ms: number }[] = []
  const keep = (list: { getEntries(): readonly { startTime: number; duration: number }[] }) =>
    collected.push(...list.getEntries().map(({ startTime, duration }) => ({ from: startTime, ms: duration })))
  const observer = new PerformanceObserver(keep)
  observer.observe({ entryTypes: ['gc'] })
  return {
    /** How long of this time went into it. */
    within: (from: number, until: number) =>
      collected.filter((one) => one.from >= from && one.from < until).reduce((sum, { ms }) => sum + ms, 0),
    /** Entries come in a later turn than what they are about. */
    async stop(): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 10))
      observer.disconnect()
    },
  }
}

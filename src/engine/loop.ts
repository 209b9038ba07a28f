import type { Logger } from 'pino'
import { LOOP_BACK_OFF } from '../contract/timeouts.ts'
import { errorCode, isUnavailable } from '../db/transient-errors.ts'

export type Loop = {
  /** Ends the pause before the next pass. During a pass: the next one follows at once. */
  wake(): void
  /** Runs one pass, after the one at hand. @throws what went wrong in it */
  runNow(): Promise<void>
  /** Resolves when no pass runs and none will. */
  stop(): Promise<void>
}
export type LoopOptions = {
  /** The pause between two passes. */
  everyMs: number
  /** @returns true when more work waits: the next pass follows at once */
  pass: () => Promise<boolean | void>
  onError: (error: unknown) => void
  /** The first pass waits for this. If it fails there are no passes: whoever prepares reports it. */
  after?: Promise<unknown>
  /** The longest pause while the database is away. */
  mostPauseMs?: number
}

/**
 * Repeats a pass until it is stopped. Passes never overlap. A pass that fails is reported and repeated. While the database is
 * away the pauses double. A loop alone does not keep the process alive.
 */
export function startLoop({ everyMs, pass, onError, after, mostPauseMs }: LoopOptions): Loop {
  const bell = makeBell()
  const longest = Math.max(everyMs, mostPauseMs ?? LOOP_BACK_OFF.mostMs)
  let stopping = false
  let failures = 0
  let last: Promise<boolean | void> = Promise.resolve()
  const runNext = () => (last = last.then(pass, pass))
  const pauseAfterPass = (moreWaits: boolean | void) => {
    failures = 0
    return moreWaits === true ? 0 : everyMs
  }
  const pauseAfterFailure = (error: unknown) => {
    onError(error)
    failures = isUnavailable(error) ? failures + 1 : 1
    return Math.min(everyMs * LOOP_BACK_OFF.factor ** (failures - 1), longest)
  }
  const repeat = async () => {
    if (after && !(await Promise.race([isFulfilled(after), bell.stopped]))) return
    while (!stopping) {
      const pauseMs = await runNext().then(pauseAfterPass, pauseAfterFailure)
      if (!stopping && pauseMs > 0) await bell.wait(pauseMs)
    }
  }
  const repeating = repeat()
  return {
    wake: bell.ring,
    async runNow() {
      if (stopping) throw new Error('the loop has been stopped')
      await runNext()
    },
    async stop() {
      stopping = true
      bell.stop()
      await repeating
      await isFulfilled(last)
    },
  }
}

/** Reports the error of a pass by its code. */
export function logFailure(log: Logger, message: string): (error: unknown) => void {
  return (error) => log.warn({ code: errorCode(error) }, message)
}

function isFulfilled(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  )
}

/** A pause that can be cut short. A ring before the pause counts. */
function makeBell() {
  let rung = false
  let wake = () => {}
  let stop = () => {}
  const stopped = new Promise<false>((resolve) => (stop = () => resolve(false)))
  const ring = () => {
    rung = true
    wake()
  }
  return {
    ring,
    stopped,
    stop() {
      stop()
      ring()
    },
    async wait(ms: number) {
      if (!rung) await new Promise<void>((resolve) => pauseFor(ms, resolve, (cut) => (wake = cut)))
      rung = false
      wake = () => {}
    },
  }
}

function pauseFor(ms: number, resolve: () => void, onCut: (cut: () => void) => void): void {
  const timer = setTimeout(resolve, ms)
  timer.unref()
  onCut(() => {
    clearTimeout(timer)
    resolve()
  })
}

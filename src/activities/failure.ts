import { activityInfo } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { Logger } from 'pino'
import { errorCode, isTransient } from '../db/transient-errors.ts'

/**
 * Runs an activity's work. A failure is logged and reported to Temporal by its code only, since messages may
 * contain names. Temporal retries. @param tries after so many attempts a permanent failure is no longer retried;
 * by default it always is
 */
export async function asActivityFailure<T>(
  log: Logger,
  what: Record<string, string>,
  work: () => Promise<T>,
  tries = Infinity,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = errorCode(error)
    const nonRetryable = !isTransient(error) && tries <= activityInfo().attempt
    const next = nonRetryable ? 'it is given up' : 'it will be tried again'
    log.error({ ...what, code, at: sourceLineOf(error) }, `an activity failed; ${next}`)
    throw ApplicationFailure.create({ type: code, message: code, nonRetryable })
  }
}

/** The place in our own code, without the message above it. */
function sourceLineOf(error: unknown): string | undefined {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.find((line) => /^\s+at .*\/(src|dist)\//.test(line))?.trim()
}

import { activityInfo } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { Logger } from 'pino'
import { errorCode, isTransient } from '../db/transient-errors.ts'

/**
 * Runs an activity's work. What fails is logged and told to Temporal by a code only: messages from below may carry
 * parameters, so names. Retrying is Temporal's.
 * @param tries after so many, what trying again does not mend is given up; without it nothing ever is
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
    log.error({ ...what, code, at: placeOf(error) }, `an activity failed; ${next}`)
    throw ApplicationFailure.create({ type: code, message: code, nonRetryable })
  }
}

/** Where in our own code, without the message above it. */
function placeOf(error: unknown): string | undefined {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.find((line) => /^\s+at .*\/(src|dist)\//.test(line))?.trim()
}

import { ApplicationFailure } from '@temporalio/common'
import type { Logger } from 'pino'

/**
 * Runs an activity's work. What fails is logged and told to Temporal by a code only: messages from below may carry
 * parameters, so names (STACK, trap 5). Retrying is Temporal's.
 */
export async function guarded<T>(
  log: Logger,
  what: Record<string, string>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = codeOf(error)
    log.error({ ...what, code, at: placeOf(error) }, 'an activity failed; it will be tried again')
    throw ApplicationFailure.create({ type: code, message: code })
  }
}

function codeOf(error: unknown): string {
  const { code, name, cause } = error as { code?: unknown; name?: unknown; cause?: { code?: unknown } }
  return String(cause?.code ?? code ?? name ?? 'unknown')
}

/** Where in our own code, without the message above it. */
function placeOf(error: unknown): string | undefined {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.find((line) => /^\s+at .*\/(src|dist)\//.test(line))?.trim()
}

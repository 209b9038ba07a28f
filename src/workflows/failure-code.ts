import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow'

/** The code of a step that Temporal stopped retrying. @throws the error itself when it is anything else */
export function failureCode(error: unknown): string {
  if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error
  const code = error.cause instanceof ApplicationFailure ? error.cause.type : undefined
  return code ?? 'timeout'
}

type Failure = { code?: unknown; message?: unknown; cause?: { code?: unknown } }

const UNAVAILABLE = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|57P0\d|08\w{3}|53300)$/
const UNAVAILABLE_WORDS =
  /timeout exceeded when trying to connect|Connection terminated|not queryable|after calling end on the pool/
/** Deadlock and serialisation, out of resources, locked, cancelled by the operator, the machine's own faults. */
const RETRYABLE_SQLSTATE = /^(40|53|55P03|57|58)/

/** The database cannot be reached just now. */
export function isUnavailable(error: unknown): boolean {
  return UNAVAILABLE.test(codeOf(error)) || UNAVAILABLE_WORDS.test(String((error as Failure).message))
}

/** What asking again later can mend; all else fails the same way each time. */
export function isPassing(error: unknown): boolean {
  return isUnavailable(error) || RETRYABLE_SQLSTATE.test(codeOf(error))
}

function codeOf(error: unknown): string {
  const { code, cause } = error as Failure
  return String(cause?.code ?? code ?? '')
}

type Failure = { code?: unknown; name?: unknown; message?: unknown; cause?: { code?: unknown } }

const UNAVAILABLE = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|57P0\d|08\w{3}|53300)$/
const UNAVAILABLE_WORDS =
  /timeout exceeded when trying to connect|Connection terminated|not queryable|after calling end on the pool/
/** Deadlock and serialisation, out of resources, locked, cancelled by the operator, the machine's own faults. */
const RETRYABLE_SQLSTATE = /^(40\w{3}|53\w{3}|55P03|57\w{3}|58\w{3})$/

/** Whether the database cannot be reached at the moment. */
export function isUnavailable(error: unknown): boolean {
  return UNAVAILABLE.test(codeIn(error)) || UNAVAILABLE_WORDS.test(String(fieldsOf(error).message))
}

/** Whether the same work may succeed later. Every other error would come back each time. */
export function isTransient(error: unknown): boolean {
  return isUnavailable(error) || RETRYABLE_SQLSTATE.test(codeIn(error))
}

/** What a log may say of an error: its code, else its class. A message may carry parameters, and so names. */
export function errorCode(error: unknown): string {
  return codeIn(error) || String(fieldsOf(error).name ?? 'unknown')
}

/** Drizzle wraps the driver's error: its cause has the SQLSTATE. */
function codeIn(error: unknown): string {
  const { code, cause } = fieldsOf(error)
  return String(cause?.code ?? code ?? '')
}

/** Anything may be thrown, null among it. */
function fieldsOf(error: unknown): Failure {
  return typeof error === 'object' && error !== null ? error : {}
}

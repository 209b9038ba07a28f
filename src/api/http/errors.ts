/** A refusal that becomes problem+json. `detail` is a Chinese sentence that says what to do. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: { pointer: string; message: string }[] = [],
    readonly headers: Record<string, string> = {},
  ) {
    super(code)
    this.name = 'ApiError'
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'not-found', `没有这个${what}。`)
}

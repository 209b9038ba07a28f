import type { Problem, RefusalParams } from '../../contract/api/common.ts'
import type { Refusal } from '../../domain/obligation/lifecycle.ts'
import type { RefusalCode } from './refusal-codes.ts'

/** A refusal that becomes problem+json. `detail` is a Chinese sentence that says what to do. */
export class ApiError extends Error {
  readonly code: string

  /** @param code one of ours, or the refusal of the domain that it passes on */
  constructor(
    readonly status: number,
    code: RefusalCode | Pick<Refusal, 'refused'>,
    readonly detail: string,
    readonly errors: NonNullable<Problem['errors']> = [],
    readonly headers: Record<string, string> = {},
    /** What `detail` names, for whoever says it in another language. */
    readonly params: RefusalParams = {},
  ) {
    const name = typeof code === 'string' ? code : code.refused
    super(name)
    this.code = name
    this.name = 'ApiError'
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'not-found', `没有这个${what}。`)
}

/** One place of a request that was refused: a JSON pointer into the body, and why. */
export type Fault = { pointer: string; message: string }

/** A refusal of the API (RFC 9457), or no answer at all (`code: 'offline'`). `detail` is a sentence for people. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly faults: readonly Fault[]
  readonly requestId: string | null

  constructor(status: number, body: Record<string, unknown>) {
    super(text(body['detail']) ?? `HTTP ${status}`)
    this.status = status
    this.code = text(body['code']) ?? lastPart(text(body['type'])) ?? 'unknown'
    this.detail = this.message
    this.faults = Array.isArray(body['errors']) ? (body['errors'] as Fault[]) : []
    this.requestId = text(body['requestId'])
  }

  /** The request may pass when it is sent again as it is. */
  get passing(): boolean {
    return this.status === 0 || this.status === 503 || this.status === 502 || this.status === 504
  }
}

export function faultAt(problem: Problem | null, pointer: string): string | undefined {
  return problem?.faults.find((f) => f.pointer === pointer)?.message
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function lastPart(type: string | null): string | null {
  return type?.split(/[/:#]/).pop() ?? null
}

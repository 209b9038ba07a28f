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

/** Where a pointer of the API points to in a body, as forms name it: `/body/result/hits` is `result.hits`. */
function pathOf(pointer: string): string {
  const steps = pointer.split('/').slice(pointer.startsWith('/body/') ? 2 : 1)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.')
}

/**
 * What was refused, by the path of the field that shows it.
 * @param fields those of the form, by their paths in the body
 */
export function faultsOf(
  problem: Problem | null,
  fields: Readonly<Record<string, string>>,
): Record<string, string> {
  const placed = (problem?.faults ?? []).flatMap(({ pointer, message }) => {
    const field = fields[pathOf(pointer)]
    return field === undefined ? [] : [[field, message] as const]
  })
  return Object.fromEntries(placed)
}

/** What was refused and no field shows; what the sentence of the refusal says already is not said twice. */
export function faultsLeft(problem: Problem, shown: readonly string[]): Fault[] {
  return problem.faults.filter(
    ({ pointer, message }) => !shown.includes(pathOf(pointer)) && !problem.detail.includes(message),
  )
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

import type { FieldRule } from '../../../src/contract/api/common.ts'
import type { Params } from '../words/refusals.en.ts'
import { english } from '../words/shown-language.ts'

/** One place of a request that was refused: a JSON pointer into the body, and why. */
export type Fault = { pointer: string; message: string; rule?: FieldRule; params?: Params }

/** A refusal of the API (RFC 9457), or no answer at all (`code: 'offline'`), in the language of the page. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly #params: Params
  readonly #faults: readonly Fault[]

  constructor(status: number, body: Record<string, unknown>) {
    super(text(body['detail']) ?? `HTTP ${status}`)
    this.status = status
    this.code = text(body['code']) ?? lastPart(text(body['type'])) ?? 'unknown'
    this.requestId = text(body['requestId'])
    this.#params = (body['params'] ?? {}) as Params
    this.#faults = Array.isArray(body['errors']) ? (body['errors'] as Fault[]) : []
  }

  /** What the refusal names: numbers, codes, who and when. */
  get params(): Params {
    return this.#params
  }

  /** A sentence for people. */
  get detail(): string {
    return this.#inWords(this.message, this.#params)
  }

  get faults(): readonly Fault[] {
    const words = english()
    if (words === null) return this.#faults
    return this.#faults.map(({ pointer, message, rule, params = {} }) => ({
      pointer,
      message: rule === undefined ? this.#inWords(message, params) : words.faultEn(pointer, rule, params),
    }))
  }

  /** Where the code says less than a sentence of the API that has no English, that stands behind: nothing is kept from anybody. */
  #inWords(chinese: string, params: Params): string {
    const words = english()
    if (words === null) return chinese
    const sentence = words.sentenceEn(chinese)
    if (sentence !== null) return sentence
    const said = words.problemEn(this.code, params)
    if (said === null) return chinese
    return said.exact ? said.text : `${said.text} (${chinese})`
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

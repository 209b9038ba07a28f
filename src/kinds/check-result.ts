import type { z } from 'zod'
import { pointerToken } from '../domain/json-pointer.ts'
import type { Given, KindDefinition, Result, ResultIssue } from './kind.ts'

export type CheckedResult = { result: Result; issues: [] } | { issues: [ResultIssue, ...ResultIssue[]] }

/** Whether what was handed in fits its kind: each field by the schema, then the fields against each other. */
export function checkResult(kind: KindDefinition, of: Omit<Given, 'result'>, given: unknown): CheckedResult {
  const parsed = kind.result.safeParse(given)
  const [first, ...others] = parsed.success
    ? kind.check({ ...of, result: parsed.data })
    : fieldIssues(parsed.error).map((issue) => issueOf(kind, issue, given))
  if (first) return { issues: [first, ...others] }
  return { result: parsed.data ?? {}, issues: [] }
}

export type FieldIssue = { path: PropertyKey[]; message: string }

/** What zod finds wrong, field by field: an unknown field is pointed at by its own name. */
export function fieldIssues({ issues }: z.ZodError): FieldIssue[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }))
      : [issue],
  )
}

/** A kind may say a missing field in words of its own; what is there and does not fit keeps those of the schema. */
function issueOf(kind: KindDefinition, { path, message }: FieldIssue, given: unknown): ResultIssue {
  const pointer = ['/result', ...path.map(pointerToken)].join('/')
  const missing = isAbsent(given, path) ? kind.refusals[pointer] : undefined
  return { refused: 'bad-result', message, ...missing, pointer }
}

/** Whether nothing stands at a path of what was given. */
export function isAbsent(given: unknown, path: readonly PropertyKey[]): boolean {
  const at = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], given)
  return at === undefined
}

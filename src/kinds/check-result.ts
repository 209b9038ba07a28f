import type { z } from 'zod'
import type { Facts, KindDefinition, Result, ResultIssue } from './kind.ts'

export type CheckedResult = { result: Result; issues: [] } | { issues: [ResultIssue, ...ResultIssue[]] }

/** Whether what was handed in fits its kind: each field by the schema, then the fields against each other. */
export function checkResult(kind: KindDefinition, facts: Facts, given: unknown): CheckedResult {
  const parsed = kind.result.safeParse(given)
  const issues = parsed.success
    ? kind.check({ facts, result: parsed.data })
    : parsed.error.issues.map((issue) => issueOf(kind, issue))
  const [first, ...others] = issues
  if (first) return { issues: [first, ...others] }
  return { result: parsed.data ?? {}, issues: [] }
}

/** A kind may say a missing field in words of its own. */
function issueOf(kind: KindDefinition, { path, message }: z.core.$ZodIssue): ResultIssue {
  const pointer = ['/result', ...path.map(String)].join('/')
  return { refused: 'bad-result', message, ...kind.refusals[pointer], pointer }
}

import { z } from 'zod'
import { type FieldIssue, fieldIssues, isAbsent } from '../../kinds/check-result.ts'
import type { KindDefinition, Result } from '../../kinds/kind.ts'
import { KINDS } from '../../kinds/kinds.ts'

/** What each kind takes, as the document shows it. */
const documented = KINDS.map((kind) => {
  const { $schema: _, ...schema } = z.toJSONSchema(kind.result, { io: 'input' })
  return { title: `${kind.code} ${kind.label}`, ...schema }
})

/**
 * What is handed in, of whatever kind: a request does not name it, so here anything passes that some kind takes.
 * Whether it fits the obligation's own kind is decided where the obligation is known (kinds/check-result.ts). So is what is
 * missing, which a kind says in words of its own.
 */
export const anyResult = z
  .unknown()
  .transform((given, context): Result => {
    const tried = KINDS.map((kind) => kind.result.safeParse(given))
    const fits = tried.find((answer) => answer.success)
    if (fits) return fits.data
    if (tried.some(({ error }) => error && lacksFieldsOnly(error, given))) return given as Result
    for (const { path, message } of nearest(tried)) context.addIssue({ code: 'custom', path, message })
    return z.NEVER
  })
  .meta({ anyOf: documented })

function lacksFieldsOnly(error: z.ZodError, given: unknown): boolean {
  return fieldIssues(error).every(({ path }) => path.length > 0 && isAbsent(given, path))
}

/** The complaints of the kind that is meant: it knows most of the given fields, and has the fewest complaints. */
function nearest(tried: ReturnType<KindDefinition['result']['safeParse']>[]): FieldIssue[] {
  const complaints = tried.flatMap(({ error }) => (error ? [{ error, issues: fieldIssues(error) }] : []))
  const ranked = complaints.map(({ error, issues }) => ({ issues, unknown: countUnknown(error) }))
  ranked.sort((a, b) => a.unknown - b.unknown || a.issues.length - b.issues.length)
  return ranked[0]?.issues ?? []
}

function countUnknown({ issues }: z.ZodError): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0)
}

import { z } from 'zod'
import type { KindDefinition, Result } from '../../kinds/kind.ts'
import { KINDS } from '../../kinds/kinds.ts'

/** What each kind takes, as the document shows it. */
const documented = KINDS.map((kind) => {
  const { $schema: _, ...schema } = z.toJSONSchema(kind.result, { io: 'input' })
  return { title: `${kind.code} ${kind.label}`, ...schema }
})

/**
 * What is handed in, of whatever kind: a request does not name it, so here anything passes that some kind takes.
 * Whether it fits the obligation's own kind is decided where the obligation is known (kinds/check-result.ts).
 */
export const anyResult = z
  .unknown()
  .transform((given, context): Result => {
    const tried = KINDS.map((kind) => kind.result.safeParse(given))
    const fits = tried.find((answer) => answer.success)
    if (fits) return fits.data
    for (const { path, message } of nearest(tried).flatMap(atEachKey))
      context.addIssue({ code: 'custom', path, message })
    return z.NEVER
  })
  .meta({ anyOf: documented })

/** The complaints of the kind that has the fewest. */
function nearest(tried: ReturnType<KindDefinition['result']['safeParse']>[]): z.core.$ZodIssue[] {
  const complaints = tried.flatMap(({ error }) => (error ? [error.issues] : []))
  return complaints.sort((a, b) => a.length - b.length)[0] ?? []
}

/** An unknown field is pointed at by its own name. */
function atEachKey(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== 'unrecognized_keys') return [issue]
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: '没有这个字段' }))
}

import { z } from 'zod'
import { refusalWords } from '../refusal-words.ts'

export { coded, day } from '../../domain/fields.ts'

// What does not fit is said in the language of those who typed it.
z.config({ localeError: refusalWords })

export const instant = z.iso.datetime().describe('UTC 时刻')
export const officeRef = z.object({ code: z.string(), name: z.string() })

const cursor = z.string().max(500).optional().describe('下一页:原样取自上一页的 nextCursor;其他条件不要改变')
const MOST_ON_A_PAGE = 200
const LIMIT = `limit 要是 1 到 ${MOST_ON_A_PAGE} 的整数`
const limit = z.coerce
  .number(LIMIT)
  .int({ error: LIMIT, abort: true })
  .min(1, LIMIT)
  .max(MOST_ON_A_PAGE, LIMIT)
  .default(50)
  .describe('一页多少条')
export const pageQuery = { cursor, limit }

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** A list that is never long: one page, in the shape of all lists. */
export function allOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.null() })
}

/** For routes that take no question: a mistyped one is told so, like everywhere else. */
export const noQuery = z.strictObject({})
export const idParams = z.object({ id: z.string().max(100).describe('编号') })
/** A question about one office is one about all below it. */
export const officeFilter = z.string().max(200).optional().describe('单位代码(见 GET /v1/offices);包含其下级')
export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional()

/** What a refusal names beside its code: numbers, days and codes for whoever says it in another language. */
const params = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional()
  .describe('说明里的数、日期和代码,供用别的语言显示;412 时是谁(by)、什么时候(at)先改的,查不准的不给')
export type RefusalParams = NonNullable<z.infer<typeof params>>

/** What a field may be refused for by its schema; the sentence is in `message`. */
export const FIELD_RULES = [
  ...(['missing', 'unknown-field', 'wrong-type', 'not-a-choice', 'wrong-format', 'other'] as const),
  ...(['empty', 'too-short', 'too-long', 'too-few', 'too-many', 'too-small', 'too-big'] as const),
] as const
export type FieldRule = (typeof FIELD_RULES)[number]

/** RFC 9457, with a pointer to each field that does not fit. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  requestId: z.string(),
  params,
  errors: z
    .array(
      z.object({
        pointer: z.string(),
        message: z.string(),
        rule: z.enum(FIELD_RULES).optional().describe('按字段的格式拒绝时,是哪一条;别的见 type'),
        params,
      }),
    )
    .optional(),
})
export type Problem = z.infer<typeof problem>

/** The answers any route of /v1 may give besides its own. */
export const problems = { '4xx': problem, '5xx': problem }
const security: readonly Record<string, readonly string[]>[] = [{ token: [] }, { session: [] }]
/** A key, or a session. */
export const secured = { security }

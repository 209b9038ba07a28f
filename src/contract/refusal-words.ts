import type { z } from 'zod'
import { fieldWords } from './field-words.ts'

/** How the sentence begins that tells of a field that was not sent. */
export const MISSING_WORD = '缺少'

type Issue = z.core.$ZodRawIssue
type Code<C extends Issue['code']> = Extract<Issue, { code: C }>

/**
 * What does not fit, as a Chinese sentence that names the field and what is accepted. It never repeats what was
 * sent: that may name a household. The one place for it: every schema without words of its own is refused so.
 */
export function refusalWords(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return `没有这个字段;${acceptedKeys(issue)}`
  const field = fieldOf(issue)
  if (issue.code === 'invalid_union' && issue.discriminator)
    return `${fieldOf({ ...issue, path: [issue.discriminator] })}要是下列之一:${options(issue)}`
  if (isMissing(issue)) return `${MISSING_WORD}${field},${wanted(issue)}`
  return `${field}${wanted(issue)}`
}

/** The nearest named step of the path; a place in a list is said behind it. */
function fieldOf({ path = [] }: Issue): string {
  const at = path.findLastIndex((step) => typeof step === 'string')
  if (at < 0) return '内容'
  const nth = path[at + 1]
  return `${fieldWords(String(path[at]))}${typeof nth === 'number' ? `第 ${nth + 1} 项` : ''}`
}

function isMissing({ code, input }: Issue): boolean {
  return input === undefined && (code === 'invalid_type' || code === 'invalid_value')
}

function wanted(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `要是${TYPES[issue.expected] ?? '别的形式'}`
    case 'invalid_value':
      return `要是下列之一:${described(issue) ?? issue.values.map(String).join('、')}`
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_format':
      return `要写成${FORMATS[issue.format] ?? described(issue) ?? '规定的格式'}`
    case 'not_multiple_of':
      return `要是 ${issue.divisor} 的倍数`
    default:
      return '不合要求'
  }
}

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表([…])',
  object: '对象({…})',
  record: '对象({…})',
  null: '空值 null',
}

const FORMATS: Record<string, string> = {
  datetime: ' 2022-06-15T01:00:00Z 这样的时刻',
  date: ' 2022-06-15 这样的日期',
  email: '邮箱地址',
  url: '网址',
}

function tooSmall({ origin, minimum, inclusive }: Code<'too_small'>): string {
  if (origin === 'string') return minimum === 1 ? '不能为空' : `至少 ${minimum} 个字`
  if (origin === 'array' || origin === 'set') return `至少 ${minimum} 项`
  return inclusive === false ? `要大于 ${minimum}` : `不能小于 ${minimum}`
}

function tooBig({ origin, maximum, inclusive }: Code<'too_big'>): string {
  if (origin === 'string') return `最多 ${maximum} 个字`
  if (origin === 'array' || origin === 'set') return `最多 ${maximum} 项`
  return inclusive === false ? `要小于 ${maximum}` : `不能大于 ${maximum}`
}

/** A coded field describes its codes with their words (src/domain/fields.ts). */
function described({ inst }: Issue): string | undefined {
  return (inst as z.ZodType | undefined)?.description
}

function options(issue: Code<'invalid_union'>): string {
  const codes = (issue as { options?: readonly unknown[] }).options ?? []
  return described(issue) ?? codes.map(String).join('、')
}

function acceptedKeys({ inst }: Code<'unrecognized_keys'>): string {
  const keys = Object.keys((inst as z.ZodObject | undefined)?.shape ?? {})
  return keys.length === 0 ? '这里不接受任何字段' : `可以用:${keys.join('、')}`
}

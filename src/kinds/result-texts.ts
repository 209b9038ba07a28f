import type { Result } from './kind.ts'

type Fields = Record<string, unknown>
type Path = readonly string[]

/** A result in two: what stands at these paths, such as `steps.visit.by`, and all the rest. What it was taken from is not changed. */
export function splitTexts(result: Fields, paths: readonly string[]): { codes: Fields; texts: Fields } {
  return paths.reduce(
    ({ codes, texts }, path) => {
      const at = path.split('.')
      const value = valueAt(codes, at)
      return value === undefined
        ? { codes, texts }
        : { codes: without(codes, at), texts: withValue(texts, at, value) }
    },
    { codes: result, texts: {} as Fields },
  )
}

/** The two together again. */
export function mergeTexts(codes: Result, texts: Result): Result {
  return Object.entries(texts).reduce<Result>((merged, [field, text]) => {
    const known = merged[field]
    return { ...merged, [field]: isFields(known) && isFields(text) ? mergeTexts(known, text) : text }
  }, codes)
}

function valueAt(of: Fields, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isFields(value) ? value[key] : undefined), of)
}

function without(of: Fields, [key = '', ...rest]: Path): Fields {
  const { [key]: value, ...others } = of
  return rest.length > 0 && isFields(value) ? { ...others, [key]: without(value, rest) } : others
}

function withValue(of: Fields, [key = '', ...rest]: Path, value: unknown): Fields {
  if (rest.length === 0) return { ...of, [key]: value }
  const inner = of[key]
  return { ...of, [key]: withValue(isFields(inner) ? inner : {}, rest, value) }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

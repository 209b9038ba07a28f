/** One value of a result. `row`: of a list, which row it stands in. */
export type ResultLine = { path: string; value: string | number | boolean; row: number | null }

/** A result as lines, one a value; lists row by row. */
export function linesOf(value: unknown, path = '', row: number | null = null): ResultLine[] {
  if (Array.isArray(value)) return value.flatMap((part, i) => linesOf(part, `${path}.${i}`, i + 1))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, part]) =>
      linesOf(part, path === '' ? name : `${path}.${name}`, row),
    )
  const told = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return told ? [{ path, value, row }] : []
}

/** One fact of a record: the fields that lead to it, and its value. */
export type DetailLine = { path: string[]; value: string | number | boolean | null }

/** What a record of the trail says more, one fact a line, the parts of a list from 1 on; what holds nothing is left out. */
export function detailLines(detail: unknown, path: string[] = []): DetailLine[] {
  if (Array.isArray(detail) && detail.every((part) => typeof part !== 'object' || part === null))
    return detail.length === 0 ? [] : [{ path, value: detail.map(String).join(', ') }]
  if (Array.isArray(detail))
    return detail.flatMap((part: unknown, nth) => detailLines(part, [...path, String(nth + 1)]))
  if (typeof detail === 'object' && detail !== null)
    return Object.entries(detail).flatMap(([name, value]) => detailLines(value, [...path, name]))
  return [{ path, value: isPlain(detail) ? detail : null }]
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

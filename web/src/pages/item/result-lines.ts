/** One value of a result. `row`: of a list, which row it stands in. */
export type ResultLine = { path: string; value: string | number | boolean; row: number | null }
/** Lines under the name of their step; `step` is null for those of no step. */
export type ResultGroup = { step: string | null; lines: ResultLine[] }

/** The outcome stands among the facts already, and the files have a part of the page of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set(['outcome', 'evidence'])

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

/** What is shown of a result, each step of a checklist by itself. */
export function groupsOf(result: Record<string, unknown>): ResultGroup[] {
  const groups: ResultGroup[] = []
  for (const line of linesOf(result)) {
    const [first = '', second] = line.path.split('.')
    if (ELSEWHERE.has(first)) continue
    const step = first === 'steps' && second !== undefined ? second : null
    const last = groups[groups.length - 1]
    if (last?.step === step) last.lines.push(line)
    else groups.push({ step, lines: [line] })
  }
  return groups
}

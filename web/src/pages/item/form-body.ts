import type { Input, Texts } from './form-inputs.ts'
import { askedOf, isEmpty, rowsOf } from './form-rows.ts'

/** The required fields that are empty, by their paths. */
export function lackingOf(inputs: readonly Input[], texts: Texts): string[] {
  return askedOf(inputs, texts).flatMap((input) => {
    if (input.type === 'list')
      return rowsOf(input, texts).flatMap((row) =>
        isEmpty(row, texts) && row.length > 0 && !isNeeded(input, row, texts) ? [] : lackingOf(row, texts),
      )
    const empty = (texts[input.path] ?? '').trim() === ''
    return input.required && input.type !== 'flag' && empty ? [input.path] : []
  })
}

/** Whether a list has too few rows without this one. */
function isNeeded(input: Input, row: readonly Input[], texts: Texts): boolean {
  const filled = rowsOf(input, texts).filter((other) => !isEmpty(other, texts))
  const nth = rowsOf(input, texts).findIndex(([first]) => first?.path === row[0]?.path)
  return filled.length < (input.least ?? 0) && nth < (input.least ?? 0)
}

/**
 * The fields that show a fault, by their paths in the body. Empty rows are not sent, so the rows of the body may have other
 * numbers than those of the form.
 */
export function placesOf(inputs: readonly Input[], texts: Texts): Record<string, string> {
  const places = askedOf(inputs, texts).flatMap((input) => {
    const sent = input.type === 'list' ? rowsOf(input, texts).filter((row) => !isEmpty(row, texts)) : []
    const inside = sent.flatMap((row, nth) =>
      row.map(({ path }) => [path.replace(rowOfPath(input, path), `${input.path}.${nth}`), path] as const),
    )
    return [[input.path, input.path] as const, ...inside]
  })
  return Object.fromEntries(places)
}

/** The row in which a field of a list stands: `result.lookBack.2`. */
function rowOfPath({ path: list }: Input, path: string): string {
  return `${list}.${path.slice(list.length + 1).split('.')[0] ?? ''}`
}

/** The body's fields; what was left empty is left out, and so are rows with nothing in them. */
export function bodyOf(inputs: readonly Input[], texts: Texts): Record<string, unknown> {
  return valueAt(inputs, texts, '')
}

function valueAt(inputs: readonly Input[], texts: Texts, above: string): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const input of askedOf(inputs, texts)) {
    const steps = input.path.slice(above.length).split('.')
    const last = steps.pop() ?? ''
    const value = input.type === 'list' ? listOf(input, texts) : scalarOf(input, texts[input.path])
    // A result stands there although nothing of it was filled in; a step of it does not.
    if (value === undefined && steps.length !== 1) continue
    const inside = steps.reduce((object, step) => (object[step] ??= {}) as Record<string, unknown>, body)
    if (value !== undefined) inside[last] = value
  }
  return body
}

function listOf(input: Input, texts: Texts): unknown[] | undefined {
  const rows = rowsOf(input, texts).flatMap((row, i) => {
    if (isEmpty(row, texts)) return []
    const [only] = row
    return only?.path === `${input.path}.${i}`
      ? [scalarOf(only, texts[only.path])]
      : [valueAt(row, texts, `${input.path}.${i}.`)]
  })
  return rows.length === 0 ? undefined : rows
}

function scalarOf({ type, required }: Input, typed: string | undefined): unknown {
  const text = typed?.trim() ?? ''
  if (type === 'flag') return text === '' && !required ? undefined : text === 'true'
  if (text === '') return undefined
  // What is no number is sent as it stands: the refusal says what is wanted.
  return type === 'number' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

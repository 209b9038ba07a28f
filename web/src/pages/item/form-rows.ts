import type { Input, Texts } from './form-inputs.ts'

/** The fields that are asked for now, given what was chosen. */
export function askedOf(inputs: readonly Input[], texts: Texts): Input[] {
  return inputs.flatMap((input) => {
    if (!input.when) return [input]
    const chosen = texts[input.when.path] ?? ''
    return input.when.codes.includes(chosen) ? [{ ...input, required: true }] : []
  })
}

/** The fields of one row, with the paths under which their texts stand. */
export function rowInputs({ path, fields = [] }: Input, row: number): Input[] {
  return fields.map((field) => ({
    ...field,
    path: `${path}.${row}${field.path === '' ? '' : `.${field.path}`}`,
  }))
}

/** How many rows of a list there are: those that were begun, and at least what is asked for. */
export function rowCount({ path, least = 0 }: Input, texts: Texts): number {
  const begun = Object.keys(texts).flatMap((key) =>
    key.startsWith(`${path}.`) ? [Number(key.slice(path.length + 1).split('.')[0]) + 1] : [],
  )
  return Math.max(least, ...begun)
}

/** Takes a row out; the rows below it move up. */
export function removeRow({ path }: Input, texts: Texts, row: number): void {
  const rows = Object.keys(texts).filter((key) => key.startsWith(`${path}.`))
  const kept = rows.map((key) => [key.slice(path.length + 1).split('.'), texts[key] ?? ''] as const)
  for (const key of rows) Reflect.deleteProperty(texts, key)
  for (const [[nth = '', ...rest], text] of kept) {
    if (Number(nth) === row) continue
    const moved = Number(nth) > row ? Number(nth) - 1 : Number(nth)
    texts[[path, moved, ...rest].join('.')] = text
  }
}

/** The rows of a list, each with its fields. */
export function rowsOf(input: Input, texts: Texts): Input[][] {
  return Array.from({ length: rowCount(input, texts) }, (_, row) => rowInputs(input, row))
}

/** Whether nothing was filled in. */
export function isEmpty(inputs: readonly Input[], texts: Texts): boolean {
  return inputs.every((input) =>
    input.type === 'list'
      ? rowsOf(input, texts).every((row) => isEmpty(row, texts))
      : (texts[input.path] ?? '').trim() === '',
  )
}

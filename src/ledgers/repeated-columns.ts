import { formsOf } from './column-names.ts'
import type { Field } from './columns.ts'
import type { FileColumn } from './file-columns.ts'

const RANKS = ['exact', 'alias'] as const

/**
 * The fields for which a file has two columns of one name that both hold something: nobody but the reader knows which of
 * them is meant.
 * @param free the columns of which nothing is said and whose content may fill the field
 */
export function repeatedFields(
  fields: readonly Field[],
  free: (field: Field) => readonly FileColumn[],
): ReadonlySet<Field> {
  return new Set(fields.filter((field) => isRepeated(field, free(field))))
}

function isRepeated(field: Field, free: readonly FileColumn[]): boolean {
  const named = free.filter((column) => column.named?.field === field && column.content.filled > 0)
  const rank = RANKS.find((each) => named.some((column) => column.named?.rank === each))
  const nearest = named.filter((column) => column.named?.rank === rank)
  return rank !== undefined && new Set(nearest.map(bareName)).size < nearest.length
}

function bareName({ key }: FileColumn): string {
  return formsOf(key).at(-1) ?? key
}

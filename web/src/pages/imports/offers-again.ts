import type { Import, ImportAction } from './use-import.ts'

type Read = Pick<Import, 'kind' | 'completeFrom' | 'sheet'> & {
  columns: readonly Pick<Import['columns'][number], 'name' | 'field'>[]
}

/**
 * Whether what was asked of an import that changed meanwhile may be sent once more unasked. Not what would cancel more than was told, nor
 * what answers for another sheet, or for cells of a file whose columns are read otherwise by now: these are asked anew on the page.
 */
export function offersAgain({ action }: Pick<ImportAction, 'action'>, asked: Read, now: Read): boolean {
  if (action === 'map') return false
  if (action === 'mend') return layoutOf(asked) === layoutOf(now)
  return action !== 'apply' || (now.kind !== 'withdrawals' && now.completeFrom === null)
}

/** Where a cell stands goes by the sheet and its columns. */
function layoutOf({ sheet, columns }: Read): string {
  return JSON.stringify([sheet, columns.map(({ name, field }) => [name, field])])
}

import { isDismissed } from '../../services/imports/change-words.ts'
import { isRepeatedInFile } from '../../ledgers/row-error.ts'
import type { ImportOutcome } from './import-outcome.ts'

type Repeating = Pick<ImportOutcome, 'kind' | 'duplicates' | 'errors'>

/** Rows that came before within their file, that the ledger has alike, and that somebody has dismissed; null where the body lists not all. */
export function repeatedCounts({ duplicates, errors }: Repeating) {
  const listed = errors.filter((e) => e.rule === 'duplicate')
  if (listed.length < duplicates) return null
  const inFile = listed.filter(isRepeatedInFile).length
  const dismissed = listed.filter(isDismissed).length
  return { inFile, dismissed, known: duplicates - inFile - dismissed }
}

/** Which came before within the file and which stand in the ledger, where every one of them is listed (the API lists the first). */
export function repeated(done: Repeating): string[] {
  const counts = repeatedCounts(done)
  if (counts === null) return [`${done.duplicates} 行与文件中的其他行或已登记的相同,不重复登记。`]
  const { inFile, known, dismissed } = counts
  const repeats = done.kind === 'withdrawals' ? '的编号相同,只算一次。' : '相同,不重复登记。'
  return [
    ...(inFile > 0 ? [`${inFile} 行与文件中前面的行${repeats}`] : []),
    ...(known > 0 ? [`${known} 行已登记,没有变化。`] : []),
    ...(dismissed > 0 ? [`${dismissed} 行内容不同,先前已决定不采用,没有再提出。`] : []),
  ]
}

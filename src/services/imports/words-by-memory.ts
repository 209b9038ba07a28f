import type { ExplainedWord } from '../../ledgers/explained-words.ts'
import { compact } from '../../ledgers/normalise.ts'
import { meaningsOf } from '../../ledgers/word-meanings.ts'
import type { Office } from '../people/offices.ts'
import type { ImportRow } from './store.ts'

/** One line on the words that were understood by what was said of an earlier file. What is said of this file goes without. */
export function wordsByMemory(
  explained: readonly ExplainedWord[],
  given: ImportRow['givenWords'],
  towns: readonly Pick<Office, 'code' | 'name'>[],
): string[] {
  const isGiven = ({ field, word }: ExplainedWord) =>
    Object.keys(given?.[field] ?? {}).some((said) => compact(said) === word)
  const told = explained
    .filter((one) => !isGiven(one))
    .map(({ field, word, code }) => `${word}=${meaningsOf(field, towns).get(code) ?? code}`)
  return told.length === 0 ? [] : [`照记住的:${told.join('、')}`]
}

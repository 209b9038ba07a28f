import { useI18n } from 'vue-i18n'
import { codesOf } from '../../../src/domain/obligation/vocabulary.ts'

/** The codes of a table as the options of a field, each with its word in the reader's language. */
export function useOptions() {
  const { t } = useI18n()
  /** @param under the table of the catalogue that has a word for each code */
  return <Code extends string>(labels: Record<Code, string>, under: string) =>
    codesOf(labels).map((code) => [code, t(`${under}.${code}`)] as const)
}

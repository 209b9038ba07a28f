import { inject, type InjectionKey, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { dayWords } from '../../parts/days.ts'
import { english } from '../../words/shown-language.ts'
import type { Input } from './form-inputs.ts'
import { choiceKeys, fieldKeys, nameOf } from './word-keys.ts'

const A_DAY = /^\d{4}-\d{2}-\d{2}$/
type Named = Pick<Input, 'path' | 'title' | 'codeWords'>

/** The kind of the obligation whose page this is: the same field has another name in another kind. */
export const ITEM_KIND: InjectionKey<Readonly<Ref<string | undefined>>> = Symbol('kind of the item')

/** What the fields of a form and their codes are called: by the catalogue, or as the API calls them. */
export function useFormWords() {
  const { t, te, locale } = useI18n()
  const kind = inject(ITEM_KIND, undefined)

  function fieldWord({ path, title }: Named): string {
    const key = fieldKeys(path, kind?.value).find((one) => te(one))
    if (key !== undefined) return t(key)
    const name = nameOf(path)
    return english()?.FIELDS_EN[name] ?? title ?? name
  }

  function codeWord({ path, codeWords }: Named, code: string): string {
    const key = choiceKeys(path, code, kind?.value).find((one) => te(one))
    return key === undefined ? (codeWords?.[code] ?? code) : t(key)
  }

  /** A value as it was handed in, or is about to be. */
  function valueWord(field: Named, value: string | number | boolean): string {
    if (typeof value === 'boolean') return t(value ? 'form.yes' : 'form.no')
    if (typeof value === 'number') return String(value)
    return A_DAY.test(value) ? dayWords(value, locale.value) : codeWord(field, value)
  }

  return { fieldWord, codeWord, valueWord }
}

import { inject, type InjectionKey, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { english } from '../../words/shown-language.ts'
import type { Input } from './form-inputs.ts'
import { choiceKeys, fieldKeys, nameOf } from './word-keys.ts'

type Named = Pick<Input, 'path' | 'title' | 'codeWords'>

/** The kind of the obligation whose page this is: the same field has another name in another kind. */
export const ITEM_KIND: InjectionKey<Readonly<Ref<string | undefined>>> = Symbol('kind of the item')

/** What the fields of a form and their codes are called: by the catalogue, or as the API calls them. */
export function useFormWords() {
  const { t, te } = useI18n()
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

  return { fieldWord, codeWord }
}

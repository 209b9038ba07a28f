import { useI18n } from 'vue-i18n'
import type { Input } from './form-inputs.ts'

type Named = Pick<Input, 'path' | 'title' | 'codeWords'>

/** What the fields of a form and their codes are called: by the catalogue, or as the API calls them. */
export function useFormWords() {
  const { t, te } = useI18n()

  /** The last step of a path that is no row. */
  const nameOf = (path: string) => path.split('.').findLast((step) => !/^\d*$/.test(step)) ?? path

  function fieldWord({ path, title }: Named): string {
    const name = nameOf(path)
    return te(`form.field.${name}`) ? t(`form.field.${name}`) : (title ?? name)
  }

  function codeWord({ path, codeWords }: Named, code: string): string {
    const keys = [`form.choice.${nameOf(path)}.${code}`, `${nameOf(path)}.${code}`]
    const key = keys.find((one) => te(one))
    return key === undefined ? (codeWords?.[code] ?? code) : t(key)
  }

  return { fieldWord, codeWord }
}

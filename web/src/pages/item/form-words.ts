import { useI18n } from 'vue-i18n'
import type { Input } from './form-inputs.ts'

type Named = Pick<Input, 'path' | 'title' | 'codeWords'>

/** What the fields of a form and their codes are called: by the catalogue, or as the API calls them. */
export function useFormWords() {
  const { t, te } = useI18n()

  /** The last step of a path that is no row. */
  const nameOf = (path: string) =>
    path
      .split('.')
      .filter((step) => !/^\d*$/.test(step))
      .pop() ?? path

  function fieldWord({ path, title }: Named): string {
    const name = nameOf(path)
    const key = [`form.field.${name}`, `field.${name}`, `step.${name}`].find((one) => te(one))
    return key === undefined ? (title ?? name) : t(key)
  }

  function codeWord({ path, codeWords }: Named, code: string): string {
    const keys = ['form.choice', 'choice'].map((table) => `${table}.${nameOf(path)}.${code}`)
    const key = [...keys, `${nameOf(path)}.${code}`].find((one) => te(one))
    return key === undefined ? (codeWords?.[code] ?? code) : t(key)
  }

  return { fieldWord, codeWord }
}

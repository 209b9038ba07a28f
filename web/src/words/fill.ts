/** `{count}`, or `{count|file|files}`: the word that goes with one, and with any other number. */
const PLACE = /\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g

/** A text with what it names. */
export function filled(text: string, valueOf: (name: string) => unknown): string {
  return text.replace(PLACE, (_, name: string, one?: string, many = '') => {
    const value = valueOf(name)
    if (one === undefined) return String(value ?? '')
    return isOne(value) ? one : many
  })
}

/** The names a text needs. */
export const namesIn = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name = '']) => name)

/** A number with the word that goes with it: `1 item`, `2 items`. */
export const counted = (value: unknown, one: string, many: string): string =>
  `${String(value)} ${isOne(value) ? one : many}`

const isOne = (value: unknown) => String(value) === '1'

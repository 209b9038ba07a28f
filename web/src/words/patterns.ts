import { filled } from './fill.ts'

/** A full stop more or less is the same sentence. */
export const bare = (sentence: string) => sentence.replace(/。$/, '')
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Finds the English of Chinese sentences, which are the keys of their catalogue, as in those of gettext: `{}` stands for what a
 * sentence names, `{0}` is where the English names the first of it, `{0|item|items}` the word that goes with it.
 * @param inWords how what a sentence names is called in English
 * @returns null for what the catalogue does not have
 */
export function matcherOf(
  catalogue: Readonly<Record<string, string>>,
  inWords: (named: string) => string,
): (chinese: string) => string | null {
  const readPatterns = () =>
    Object.entries(catalogue).map(([sentence, text]) => ({
      matches: new RegExp(`^${bare(sentence).split('{}').map(escaped).join('(.*?)')}$`),
      text,
    }))
  let patterns: ReturnType<typeof readPatterns> | null = null
  return (chinese) => {
    const key = bare(chinese)
    patterns ??= readPatterns()
    for (const { matches, text } of patterns) {
      const found = matches.exec(key)
      if (found) return filled(text, (nth) => inWords(found[Number(nth) + 1] ?? ''))
    }
    return null
  }
}

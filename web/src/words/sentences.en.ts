import { PEOPLE_SENTENCES } from './sentences-people.en.ts'
import { WORK_SENTENCES } from './sentences-work.en.ts'

/**
 * Sentences of the server for which one code stands among several, in English: the Chinese is the key, as in catalogues of gettext.
 * A test takes every such sentence from the source of the server and fails where it has no English here.
 */
export const SENTENCES_EN: Readonly<Record<string, string>> = { ...WORK_SENTENCES, ...PEOPLE_SENTENCES }

type Pattern = { matches: RegExp; text: string }
let patterns: readonly Pattern[] | null = null

/** The English of a sentence with what it names; null where there is none. A full stop more or less is the same sentence. */
export function sentenceEn(chinese: string): string | null {
  const key = bare(chinese)
  patterns ??= Object.entries(SENTENCES_EN).map(([sentence, text]) => ({
    matches: new RegExp(`^${bare(sentence).split('{}').map(escaped).join('(.*?)')}$`),
    text,
  }))
  for (const { matches, text } of patterns) {
    const found = matches.exec(key)
    if (found) return text.replace(/\{(\d)\}/g, (_, nth: string) => found[Number(nth) + 1] ?? '')
  }
  return null
}

const bare = (sentence: string) => sentence.replace(/。$/, '')
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

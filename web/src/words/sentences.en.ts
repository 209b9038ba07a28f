import { matcherOf } from './patterns.ts'
import { phraseEn } from './phrases.en.ts'
import { PEOPLE_SENTENCES } from './sentences-people.en.ts'
import { WORK_SENTENCES } from './sentences-work.en.ts'

/**
 * Sentences of the server for which one code stands among several, in English: the Chinese is the key, as in catalogues of gettext.
 * A test takes every such sentence from the source of the server and fails where it has no English here.
 */
export const SENTENCES_EN: Readonly<Record<string, string>> = { ...WORK_SENTENCES, ...PEOPLE_SENTENCES }

/** The English of a sentence with what it names; null where there is none. */
export const sentenceEn = matcherOf(SENTENCES_EN, phraseEn)

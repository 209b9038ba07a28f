import { ref, shallowRef } from 'vue'
import type * as words from './english.ts'

/** The languages of the app; Chinese first. */
export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language the pages are in, also for what is no component. Only words/index.ts sets it. */
export const shownLanguage = ref<Language>('zh-CN')

export type English = typeof words
const loaded = shallowRef<English | null>(null)

/** What stands in English for the server's own sentences; null on Chinese pages. */
export function english(): English | null {
  return shownLanguage.value === 'en' ? loaded.value : null
}

/** To be waited for before pages are English. @throws when it cannot be fetched */
export async function loadEnglish(): Promise<English> {
  return (loaded.value ??= await import('./english.ts'))
}

import type { Language } from './shown-language.ts'

const KEPT = 'duban.language'

/** Chinese unless somebody chose otherwise on this device. */
export function keptLanguage(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN'
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language)
}

import { createI18n } from 'vue-i18n'
import { en } from './en.ts'
import { zhCN, type Words } from './zh-CN.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const KEPT = 'duban.language'

export const i18n = createI18n<[Words], Language, false>({
  legacy: false,
  locale: keptLanguage(),
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
})

/** Chinese unless somebody chose otherwise on this device. */
function keptLanguage(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN'
}

export function chooseLanguage(language: Language): void {
  i18n.global.locale.value = language
  localStorage.setItem(KEPT, language)
  document.documentElement.lang = language
}

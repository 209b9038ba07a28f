import { createI18n } from 'vue-i18n'
import { en } from './en.ts'
import { type Language, shownLanguage } from './shown-language.ts'
import { zhCN, type Words } from './zh-CN.ts'

const KEPT = 'duban.language'

export const i18n = createI18n<[Words], Language, false>({
  legacy: false,
  locale: keptLanguage(),
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
})
shownLanguage.value = i18n.global.locale.value

/** Chinese unless somebody chose otherwise on this device. */
function keptLanguage(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN'
}

export function chooseLanguage(language: Language): void {
  i18n.global.locale.value = shownLanguage.value = language
  localStorage.setItem(KEPT, language)
  document.documentElement.lang = language
}

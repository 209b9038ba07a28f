import { createI18n } from 'vue-i18n'
import { type Language, loadEnglish, shownLanguage } from './shown-language.ts'
import { zhCN, type Words } from './zh-CN.ts'

const KEPT = 'duban.language'

export const i18n = createI18n<[Words], Language, false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN } as Record<Language, Words>,
})

/** Chinese unless somebody chose otherwise on this device, or the English cannot be fetched now. */
export async function beginInKeptLanguage(): Promise<void> {
  const kept: Language = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN'
  await show(kept).catch(() => show('zh-CN'))
}

/** @throws when the language cannot be fetched; the pages stay as they are */
export async function chooseLanguage(language: Language): Promise<void> {
  await show(language)
  localStorage.setItem(KEPT, language)
}

async function show(language: Language): Promise<void> {
  if (language === 'en') i18n.global.setLocaleMessage('en', (await loadEnglish()).en)
  i18n.global.locale.value = shownLanguage.value = language
  document.documentElement.lang = language
}

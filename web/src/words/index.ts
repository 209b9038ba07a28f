import { createI18n, type MessageContext } from 'vue-i18n'
import { filled } from './fill.ts'
import { keepLanguage, keptLanguage } from './kept-language.ts'
import { type Language, loadEnglish, shownLanguage } from './shown-language.ts'
import { zhCN, type Words } from './zh-CN.ts'

/**
 * A message with its values and the words that go with their numbers, which is all that ours are made of. The compiler of vue-i18n is an eighth of the app's first file
 * and reads each message before it is shown; vite.config.ts leaves it out.
 */
export const messageCompiler = (message: unknown) => (context: Pick<MessageContext, 'named'>) =>
  filled(String(message), (name) => context.named(name))

export const i18n = createI18n<[Words], Language, false>({
  legacy: false,
  messageCompiler,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN } as Record<Language, Words>,
})

/** Chinese unless somebody chose otherwise on this device, or the English cannot be fetched now. */
export async function beginInKeptLanguage(): Promise<void> {
  await show(keptLanguage()).catch(() => show('zh-CN'))
}

/** @throws when the language cannot be fetched; the pages stay as they are */
export async function chooseLanguage(language: Language): Promise<void> {
  await show(language)
  keepLanguage(language)
}

async function show(language: Language): Promise<void> {
  if (language === 'en') i18n.global.setLocaleMessage('en', (await loadEnglish()).en)
  i18n.global.locale.value = shownLanguage.value = language
  document.documentElement.lang = language
}

import { ref } from 'vue'

/** The languages of the app; Chinese first. */
export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language the pages are in, also for what is no component. Only words/index.ts sets it. */
export const shownLanguage = ref<Language>('zh-CN')

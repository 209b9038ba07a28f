import type { InjectionKey } from 'vue'

/** Provided where numbers are only looked at, so that they lead nowhere. */
export const LINKLESS: InjectionKey<boolean> = Symbol('linkless')

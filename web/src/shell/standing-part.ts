import { type Component, shallowRef } from 'vue'

/** What a page leaves behind at the foot of every other: the shell fetches none of it by itself. */
export const standingPart = shallowRef<Component | null>(null)

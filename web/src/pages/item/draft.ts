import { reactive, watch } from 'vue'

/** What is being written for one action, and the key under which it is sent once. */
export type Draft = { key: string; fields: Record<string, string> }

/**
 * What was typed stays on this device until it was taken: a lost network or a closed page loses nothing. It never holds
 * more than the person wrote themselves.
 */
export function useDraft(id: string, action: string) {
  const name = `duban.draft.${id}.${action}`
  const kept = read(name)
  const draft = reactive<Draft>(kept ?? { key: crypto.randomUUID(), fields: {} })
  const stop = watch(draft, () => localStorage.setItem(name, JSON.stringify(draft)))
  return {
    draft,
    wasKept: kept !== null && Object.values(kept.fields).some((text) => text !== ''),
    forget() {
      stop()
      localStorage.removeItem(name)
    },
  }
}

function read(name: string): Draft | null {
  const text = localStorage.getItem(name)
  return text === null ? null : (JSON.parse(text) as Draft)
}

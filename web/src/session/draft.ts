import { reactive, watch } from 'vue'
import { newSendKey } from '../api/send-key.ts'
import { queryClient } from '../api/query.ts'

/** What is being written for one action, and the key under which it is sent once. */
export type Draft = { key: string; fields: Record<string, string>; at: number }

const PREFIX = 'duban.draft.'
const KEPT_MS = 7 * 86_400_000

/**
 * What was typed stays on this device until it was taken: a lost network or a closed page loses nothing. It is the person's
 * own: signing out, another person and a week end it.
 * @param start what stands in the form before anything is typed
 */
export function useDraft(id: string, action: string, start: Readonly<Record<string, string>> = {}) {
  const name = `${PREFIX}${personId()}.${id}.${action}`
  const kept = readDraft(name)
  const draft = reactive<Draft>({ ...newDraft(start), ...kept, fields: { ...start, ...kept?.fields } })
  const stop = watch(draft, () =>
    isTyped(draft, start) ? localStorage.setItem(name, JSON.stringify(draft)) : localStorage.removeItem(name),
  )
  return {
    draft,
    wasKept: kept !== null && isTyped(kept, start),
    /** What was taken is no draft; the form closes. */
    forget() {
      stop()
      localStorage.removeItem(name)
    },
    /** The same, of a form that stays open for the next. */
    restart() {
      Object.assign(draft, newDraft(start))
    },
  }
}

const newDraft = (start: Readonly<Record<string, string>>): Draft => ({
  ...{ key: newSendKey(), fields: { ...start }, at: Date.now() },
})

/** Whether anything but what stood there before was typed. */
export function isTyped({ fields }: Draft, start: Readonly<Record<string, string>>): boolean {
  return Object.entries(fields).some(([field, text]) => text !== (start[field] ?? ''))
}

/** Of everybody but the given person, and what is older than a week. */
export function dropOldDrafts(person: string): void {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue
    const draft = name.startsWith(`${PREFIX}${person}.`) ? readDraft(name) : null
    if (draft === null || Date.now() - draft.at > KEPT_MS) localStorage.removeItem(name)
  }
}

/** Of everybody: who signs out leaves nothing typed on the device, also where the browser does not clear its storage when asked to. */
export function dropDrafts(): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name)
}

function personId(): string {
  return queryClient.getQueryData<{ id: string }>(['me'])?.id ?? ''
}

/** null for what this version of the app did not write. */
function readDraft(name: string): Draft | null {
  const text = localStorage.getItem(name)
  if (text === null || !text.startsWith('{')) return null
  const draft = JSON.parse(text) as Partial<Draft>
  return draft.key && draft.fields && draft.at ? (draft as Draft) : null
}

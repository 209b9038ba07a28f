import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Single keys of a page, as lists elsewhere have them: a small letter without Shift, a capital with it. While somebody types, only
 * Escape is the page's; with Ctrl, Alt or Meta a key is the browser's.
 */
export function usePageKeys(keys: Record<string, (event: KeyboardEvent) => unknown>): void {
  const listen = (event: KeyboardEvent): void => {
    const key = keyOf(event)
    const run = keys[key]
    if (run === undefined || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    // A key held down walks through a list; it decides nothing twice.
    if (event.repeat && !WALKING.has(key)) return
    if (takesKey(event.target, key)) return
    event.preventDefault()
    run(event)
  }
  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
}

const WALKING = new Set(['j', 'k'])

/** Letters by Shift alone: Caps Lock makes no other key of one. */
export function keyOf({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  if (!/^[a-z]$/i.test(key)) return key
  return shiftKey ? key.toUpperCase() : key.toLowerCase()
}

/** Somewhere that takes this key itself: a field all but Escape, a link or a button what presses it. */
function takesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.matches('button, a, summary')) return key === 'Enter' || key === ' '
  const isField = target.matches('select, textarea, input:not([type=checkbox]), [contenteditable]')
  return isField && key !== 'Escape'
}

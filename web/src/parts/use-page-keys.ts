import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Single keys of a page, as lists elsewhere have them. While somebody types, only Escape is the page's; with Ctrl, Alt or
 * Meta a key is the browser's.
 */
export function usePageKeys(keys: Record<string, (event: KeyboardEvent) => unknown>): void {
  const listen = (event: KeyboardEvent): void => {
    const run = keys[event.key]
    if (run === undefined || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    // A key held down walks through a list; it decides nothing twice.
    if (event.repeat && !WALKING.has(event.key)) return
    if (takesKey(event.target, event.key)) return
    event.preventDefault()
    run(event)
  }
  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
}

const WALKING = new Set(['j', 'k'])

/** Somewhere that takes this key itself: a field all but Escape, a link or a button what presses it. */
function takesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.matches('button, a, summary')) return key === 'Enter' || key === ' '
  const isField = target.matches('select, textarea, input:not([type=checkbox]), [contenteditable]')
  return isField && key !== 'Escape'
}

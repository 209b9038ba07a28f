import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Single keys of a page, as lists elsewhere have them. While somebody types, only Escape is the page's; with Ctrl, Alt or
 * Meta a key is the browser's.
 */
export function usePageKeys(keys: Record<string, () => unknown>): void {
  const listen = (event: KeyboardEvent): void => {
    const run = keys[event.key]
    if (run === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    if (takesKeys(event.target) && event.key !== 'Escape') return
    event.preventDefault()
    run()
  }
  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
}

/** Somewhere that takes keys itself. A tick box takes none of ours. */
function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return target.matches('select, textarea, button, a, summary, [contenteditable]')
}

import { onBeforeUnmount, onMounted } from 'vue'

export type ListKeys = {
  down: () => void
  up: () => void
  open: () => void
  select: () => void
  search: () => void
  help: () => void
  close: () => void
}

/** j k Enter x / ? Esc, as lists elsewhere have them. While somebody types, only Escape is ours. */
export function useListKeys(keys: ListKeys): void {
  const named: Record<string, keyof ListKeys> = {
    j: 'down',
    k: 'up',
    Enter: 'open',
    x: 'select',
    '/': 'search',
    '?': 'help',
    Escape: 'close',
  }
  const listen = (event: KeyboardEvent): void => {
    const name = named[event.key]
    if (name === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    if (isControl(event.target) && name !== 'close') return
    event.preventDefault()
    keys[name]()
  }
  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
}

/** Somewhere that takes keys itself. A tick box takes none of ours. */
function isControl(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return target.matches('select, textarea, button, a, summary, [contenteditable]')
}

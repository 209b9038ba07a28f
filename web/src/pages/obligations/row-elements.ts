import { nextTick } from 'vue'

// What of the page the keys of a list lead to.

export const searchField = () => document.querySelector<HTMLInputElement>('#list-search')

/** What is done most, else whatever else the bar offers. */
export function mainDeed(): void {
  const offered = ['.main', 'select', 'button'].map((one) =>
    document.querySelector<HTMLElement>(`.bulk > ${one}`),
  )
  offered.find((one) => one !== null)?.focus()
}

const rowOf = (id: string) => document.getElementById(`row-${id}`)

/** Whoever goes on with Tab, or has the page read aloud, is there too. */
export function focusRow(id: string): void {
  rowOf(id)?.querySelector('a')?.focus({ preventScroll: true })
}

export function bringIntoView(id: string): void {
  rowOf(id)?.scrollIntoView({ block: 'nearest' })
}

/** Where somebody goes on in the form that opens: at what confirms it, or at what has to be written. */
const GOES_ON = { accept: '.send .main', return: 'textarea' } as const

/** Opens the form of an action where it is offered. */
export async function beginDeed(item: HTMLElement | null, action: keyof typeof GOES_ON): Promise<void> {
  const button = item?.querySelector<HTMLElement>(`[data-begins="${action}"]`)
  if (!item || !button) return
  button.click()
  await nextTick()
  item.querySelector<HTMLElement>(`.actions form ${GOES_ON[action]}`)?.focus()
}

/** What in a row has a press of its own. */
const PRESSED = 'a, button, input, select, label, summary, .tick'

/** Whether a press in a row was for the row: on nothing that has its own, with no key held, and not the end of choosing text. */
export function isForRow(
  event: Pick<MouseEvent, 'target' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): boolean {
  const { target, ctrlKey, metaKey, shiftKey, altKey } = event
  if (ctrlKey || metaKey || shiftKey || altKey) return false
  if (!(target instanceof Element) || target.closest(PRESSED)) return false
  return document.getSelection()?.isCollapsed !== false
}

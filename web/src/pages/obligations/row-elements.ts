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

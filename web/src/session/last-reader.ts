/** Of the demonstration: whose mail was looked at last in the trial inbox, so that its link is followed as that person. */
const LAST = 'duban.last-reader'

/** @param reader office and name, as the trial inbox says them */
export function noteReader(reader: string): void {
  localStorage.setItem(LAST, reader)
}

export function lastReader(): string | null {
  return localStorage.getItem(LAST)
}

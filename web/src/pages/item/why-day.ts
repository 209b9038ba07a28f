/** The heading over the calendar of counted days. A page has one item. */
export const WHY = 'why-day'

/** There, with the focus: by the address alone a list beside it would be asked anew, and Back would be a step in the same item. */
export function goToWhy(): void {
  const heading = document.getElementById(WHY)
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

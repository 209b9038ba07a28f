/** That somebody signed in on this device, so that nobody asks in vain; nothing of whom. */
const SIGNED_IN = 'duban.signed-in'

/** Whether asking who it is may have an answer. */
export function mayBeSignedIn(): boolean {
  return localStorage.getItem(SIGNED_IN) !== null
}

export function noteSignedIn(is: boolean): void {
  if (is) localStorage.setItem(SIGNED_IN, '1')
  else localStorage.removeItem(SIGNED_IN)
}

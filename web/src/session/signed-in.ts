/** That somebody signed in on this device, and whether they read the work; nothing of whom. So nobody asks in vain. */
const SIGNED_IN = 'duban.signed-in'
const READS = 'reads'

/** Whether asking who it is may have an answer. */
export function mayBeSignedIn(): boolean {
  return localStorage.getItem(SIGNED_IN) !== null
}

/** Whether they read the work as far as this device knows: an administrator is refused it. */
export function mayReadWork(): boolean {
  return localStorage.getItem(SIGNED_IN) === READS
}

type Signed = { permissions: readonly { code: string }[] }

export function readsWork({ permissions }: Signed): boolean {
  return permissions.some(({ code }) => code === 'obligations:read')
}

/** @param me null once they are signed out */
export function noteSignedIn(me: Signed | null): void {
  if (me) localStorage.setItem(SIGNED_IN, readsWork(me) ? READS : 'other')
  else localStorage.removeItem(SIGNED_IN)
}

/** That somebody signed in on this device, and whether they read the work; nothing of whom. So nobody asks in vain. */
const SIGNED_IN = 'duban.signed-in'
const READS = 'reads'
/** That they chose to trust this device: their session is not over after some hours. */
const TRUSTED = 'duban.trusted'
/** As long a session holds that nobody uses (`IDLE_MS` in src/services/access/sessions.ts). */
export const IDLE_MS = 4 * 3_600_000

/** One session of one person on this device, by a number that says nothing of whom. */
const MARK = 'duban.session-mark'
let known: string | null = null

/** null while nobody is signed in */
export function sessionMark(): string | null {
  return localStorage.getItem(MARK)
}

/** Whether this page still shows the work of whoever is signed in on the device: another of its pages may have signed somebody else in. */
export function isTheirPage(): boolean {
  return known !== null && known === sessionMark()
}

/** Whether asking who it is may have an answer. */
export function mayBeSignedIn(): boolean {
  return localStorage.getItem(SIGNED_IN) !== null
}

/** Whether they read the work as far as this device knows: an administrator is refused it. */
export function mayReadWork(): boolean {
  return localStorage.getItem(SIGNED_IN) === READS
}

/** Whether they may do this somewhere; the API decides about each thing itself. */
export function hasPermission<Code extends string>(
  me: { permissions: readonly { code: Code }[] } | undefined,
  code: NoInfer<Code>,
): boolean {
  return me?.permissions.some((p) => p.code === code) ?? false
}

type Signed = { permissions: readonly { code: string }[] }

export function readsWork({ permissions }: Signed): boolean {
  return permissions.some(({ code }) => code === 'obligations:read')
}

/** @param me null once they are signed out */
export function noteSignedIn(me: Signed | null): void {
  if (me) {
    localStorage.setItem(SIGNED_IN, readsWork(me) ? READS : 'other')
    if (sessionMark() === null) localStorage.setItem(MARK, newMark())
  } else for (const name of [SIGNED_IN, TRUSTED, MARK]) localStorage.removeItem(name)
  known = me ? sessionMark() : null
}

const newMark = () =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('')

export function noteTrusted(): void {
  localStorage.setItem(TRUSTED, 'yes')
}

/**
 * Whether what was kept may be shown before the server is asked: not once the session may be over, for somebody else may sit there.
 * @param at when it was kept, in milliseconds since 1970
 */
export function mayShowFirst(at: number): boolean {
  return localStorage.getItem(TRUSTED) !== null || Date.now() - at < IDLE_MS
}

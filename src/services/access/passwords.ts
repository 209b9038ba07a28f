import { hash, verify } from '@node-rs/argon2'

/**
 * 110 to 140 ms of one core of 2026: costly to guess, bearable at sign-in. It uses more memory than OWASP's
 * minimum (19 MiB, t=2), since sign-ins are rare. Argon2id is the library's default algorithm.
 */
export const ARGON2 = { memoryCost: 64 * 1024, timeCost: 4, parallelism: 1 } as const

/** Hashing takes threads of a pool of four in the process; two at a time leave some to other work. */
const AT_ONCE = 2
/**
 * Four seconds of work. Later callers are refused at once, since an endless queue would keep everybody out for
 * minutes.
 */
export const MOST_WAITING = 60
const RETRY_AFTER_S = 5
let running = 0
const waiting: (() => void)[] = []

/** Thrown when so many passwords wait to be checked that waiting is useless. */
export class PasswordsBusy extends Error {
  readonly retryAfterS = RETRY_AFTER_S
  constructor() {
    super('too many passwords wait to be checked')
    this.name = 'PasswordsBusy'
  }
}

/** @throws PasswordsBusy */
async function whenSlotIsFree<T>(work: () => Promise<T>): Promise<T> {
  // Whoever leaves gives its place to the first that waits, so that the count never passes the limit.
  if (running >= AT_ONCE && waiting.length >= MOST_WAITING) throw new PasswordsBusy()
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** @throws PasswordsBusy */
export function hashPassword(password: string): Promise<string> {
  return whenSlotIsFree(() => hash(normalised(password), ARGON2))
}

let dummyHash: Promise<string> | undefined

/** A hash that was refused because too many wait is made by the next caller. */
function dummyPasswordHash(): Promise<string> {
  dummyHash ??= hashPassword('a password of nobody').catch((error: unknown) => {
    dummyHash = undefined
    throw error
  })
  return dummyHash
}

/**
 * @param stored null for an unknown account or one without a password: it takes the same time and is never right
 * @throws PasswordsBusy
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const known = stored ?? (await dummyPasswordHash())
  const right = await whenSlotIsFree(() => verify(known, normalised(password)))
  return right && stored !== null
}

/** The same characters typed on different keyboards are one password. */
function normalised(password: string): string {
  return password.normalize('NFKC')
}

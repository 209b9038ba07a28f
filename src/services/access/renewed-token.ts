import type { Instant } from '../../domain/time/days.ts'

/** A token for the cookie, and until when its device is trusted; null: the cookie ends with the browser. */
export type RenewedToken = { token: string; trustedUntil: Instant | null }

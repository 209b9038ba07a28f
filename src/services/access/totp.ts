import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30
/** A clock may be half a minute off, and typing takes a while. */
const WINDOW = 1

export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The address that sets up the app which shows the codes. */
export function totpUri(secret: string, email: string): string {
  return totp(secret, email).toString()
}

/** The time step of a code; null when it is wrong. A step is accepted once; the caller stores the last one. */
export function stepOfCode(secret: string, code: string, wallNow: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totp(secret).validate({ token: code, timestamp: wallNow, window: WINDOW })
  return delta === null ? null : Math.floor(wallNow / 1000 / PERIOD_SECONDS) + delta
}

function totp(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: '督办',
    label,
    secret: Secret.fromBase32(secret),
    period: PERIOD_SECONDS,
    digits: 6,
  })
}

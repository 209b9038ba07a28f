import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export type IdPrefix =
  | 'ob'
  | 'as'
  | 'dl'
  | 'ca'
  | 'po'
  | 'pe'
  | 'im'
  | 'nt'
  | 'ml'
  | 'rd'
  | 'nr'
  | 'se'
  | 'ak'
  | 'ak_local'
  | 'dk'
  | 'ik'
  | 'tk'
  | 'ck'
  | 'mp'
  | 'wd'

/** An opaque id, sorted roughly by creation (uuidv7's idea; PostgreSQL has its own only from 18 on). */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${base32(BigInt(Date.now()), 9)}${base32(BigInt(`0x${randomBytes(10).toString('hex')}`), 16)}`
}

function base32(value: bigint, length: number): string {
  let text = ''
  for (let i = 0; i < length; i++) {
    text = ALPHABET[Number(value & 31n)] + text
    value >>= 5n
  }
  return text
}

import { freshBytes } from './fresh-bytes.ts'

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
  | 'at'
  | 'pb'
  | 'sm'
  | 'wd'
  | 'sc'
  | 'rh'
  | 'ri'
  | 'hl'
  | 'lv'
  | 'pa'
  | 'ex'
  | 'ho'
  | 'cn'
  | 'ac'
  | 'br'

/** An opaque id, sorted roughly by creation (uuidv7's idea; PostgreSQL has its own only from 18 on). */
export function newId(prefix: IdPrefix): string {
  const time = base32(Date.now(), 9)
  const random = freshBytes(RANDOM)
  return `${prefix}_${time}${base32(random.readUIntBE(0, 5), 8)}${base32(random.readUIntBE(5, 5), 8)}`
}

/** Bytes of chance in an id, five bits a letter. */
const RANDOM = 10

/** @param value below 2^50 */
function base32(value: number, length: number): string {
  let text = ''
  for (let i = 0; i < length; i++) {
    text = ALPHABET.charAt(value % 32) + text
    value = Math.floor(value / 32)
  }
  return text
}
